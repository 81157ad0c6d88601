import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';

const entry = join(import.meta.dirname, 'start.js');

/** Starts with `--help` as if on that Node. */
function startOn(version: string): { status: number | null; stdout: string; stderr: string } {
  const define = (name: string, value: string): string =>
    `Object.defineProperty(process, ${JSON.stringify(name)}, { value: ${value} });`;
  const versions = `{ ...process.versions, node: ${JSON.stringify(version)} }`;
  const preload = define('versions', versions) + define('version', JSON.stringify(`v${version}`));
  const args = ['--import', `data:text/javascript,${encodeURIComponent(preload)}`, entry, '--help'];
  return spawnSync(process.execPath, args, { encoding: 'utf8' });
}

describe('the process entry', () => {
  it('says on an old Node what to do, in one line, and starts nothing', () => {
    for (const version of ['25.9.0', '24.12.0', '9.11.2']) {
      const { status, stdout, stderr } = startOn(version);
      assert.equal(status, 1, version);
      assert.equal(stdout, '');
      assert.match(stderr, /^Comptoir needs Node 26 or newer; this is v\S+\. Install it .*\n$/);
    }
  });

  it('goes on from Node 26', () => {
    for (const version of ['26.0.0', '30.1.0']) assert.equal(startOn(version).status, 0, version);
  });

  it('asks for the Node that package.json names', () => {
    const { engines } = JSON.parse(
      readFileSync(join(import.meta.dirname, '../package.json'), 'utf8'),
    ) as { engines: { node: string } };
    assert.equal(engines.node, '>=26');
  });
});
