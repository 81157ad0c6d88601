/** One relay a folder, whatever happens to the files in it. Real processes. */
import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { officePath } from '../http/office-socket.ts';
import { RelayProcess, runRelay } from '../testing/machine/relay-process.ts';

describe('the lock of a data folder', () => {
  let data: string;
  beforeEach(async () => {
    data = await mkdtemp(join(tmpdir(), 'comptoir-lock-'));
  });
  afterEach(() => rm(data, { recursive: true, force: true }));

  async function refusesAnother(path = data): Promise<void> {
    const { code, err } = await runRelay(path, []);
    assert.equal(code, 1);
    assert.match(
      err,
      /^The data folder \S+ is in use: a relay runs on it\. Stop that one first.*\n$/,
    );
  }

  it('keeps a second relay off, by whatever path it comes and whatever files are deleted', async () => {
    await using _relay = await RelayProcess.start({ data });
    await refusesAnother();
    const link = `${data}-link`;
    await symlink(data, link);
    await refusesAnother(link);
    await rm(link);
    for (const name of await readdir(data)) await rm(join(data, name), { force: true });
    await refusesAnother();
  });

  it('is released however a relay ends', async () => {
    for (const signal of ['SIGKILL', 'SIGTERM'] as const) {
      const relay = await RelayProcess.start({ data });
      await relay.kill(signal);
    }
    await using relay = await RelayProcess.start({ data });
    assert.equal((await fetch(`${relay.url}/readyz`)).status, 200);
  });

  it('keeps the command line off too once the relay’s socket is gone', async () => {
    await using _relay = await RelayProcess.start({ data });
    await rm(officePath(data));
    const { code, err } = await runRelay(data, ['invite']);
    assert.equal(code, 1);
    assert.match(
      err,
      /^A relay runs on this data folder, but its office\.sock is gone.*restart.*\n$/,
    );
  });
});
