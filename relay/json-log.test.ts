import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { jsonLog } from './json-log.ts';

function logged(tell: (log: ReturnType<typeof jsonLog>) => void): string[] {
  const lines: string[] = [];
  tell(jsonLog('info', (line) => void lines.push(line)));
  return lines;
}

describe('the log', () => {
  const foul = 'é\u009b31m\u202e\u2028\u007f\n\u001b[2J\ud800 👩 "\\';

  it('is a line of printable ASCII and the same JSON, whatever it says', () => {
    const lines = logged((log) => {
      log.info(foul, { [foul]: foul, deep: { list: [foul] } });
      log.warn(foul, { reason: foul });
      log.error(foul, new Error(foul, { cause: new Error(foul) }));
      log.error(foul, foul);
    });
    assert.equal(lines.length, 4);
    for (const line of lines) {
      assert.match(line, /^[ -~]+\n$/);
      const said = JSON.parse(line) as Record<string, unknown>;
      assert.equal(said['message'], foul);
    }
    assert.equal((JSON.parse(lines[0]!) as Record<string, unknown>)[foul], foul);
    assert.equal((JSON.parse(lines[2]!) as Record<string, unknown>)['cause'], foul);
  });

  it('has no end of a text that has none', () => {
    const [line = ''] = logged((log) => log.error('x', new Error('y'.repeat(1_000_000))));
    assert.ok(line.length < 10_000, `${line.length}`);
  });
});
