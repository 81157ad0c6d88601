/**
 * When the power goes, the end of a file may be missing, or be anything. The relay starts on what is whole,
 * and keeps what it acknowledged before.
 */
import assert from 'node:assert/strict';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Entry } from '../../shared/entry/entry.ts';
import type { TestDevice } from '../../relay/testing/test-device.ts';
import { Community } from './community.ts';
import type { Ledger } from './ledger.ts';

/** How the end of a file may look, of which `whole` bytes had reached the disk. */
const TEARS: Readonly<Record<string, (bytes: Buffer, whole: number) => Buffer>> = {
  'is cut in the middle': (bytes, whole) => bytes.subarray(0, (whole + bytes.length) >> 1),
  'lacks its last byte': (bytes) => bytes.subarray(0, -1),
  'is full of zeros': (bytes, whole) => Buffer.from(bytes).fill(0, whole),
  'is rubbish, and longer': (bytes, whole) =>
    Buffer.concat([bytes.subarray(0, whole), Buffer.alloc(9_999, 0xa5)]),
};

/**
 * A database's log up to the end of the transaction that wrote a text: whatever the relay wrote behind it is cut.
 * Frames begin after 32 bytes; one that ends a transaction has a size of the database in its header.
 * https://sqlite.org/fileformat2.html#the_write_ahead_log
 * @param after where the text is looked for
 */
function upTo(text: string, log: Buffer, after: number): Buffer {
  const at = log.indexOf(text, after);
  assert.notEqual(at, -1, 'the text is in the log');
  const frame = 24 + log.readUInt32BE(8);
  let start = at - ((at - 32) % frame);
  while (log.readUInt32BE(start + 4) === 0) start += frame;
  return log.subarray(0, start + frame);
}

describe('a relay whose files were torn when the power went', () => {
  let community: Community;

  before(async () => {
    community = await Community.start();
  });

  afterEach(() => community.relay.kill());
  after(() => community.dispose());

  const file = (name: string): string => join(community.relay.data, name);

  async function says(ledger: Ledger, device: TestDevice): Promise<Entry[]> {
    const texts = Array.from({ length: 5 }, () => `text ${crypto.randomUUID()}`);
    return ledger.send(device, ...texts.map((text) => ({ kind: 'say', text }) as const));
  }

  for (const [how, torn] of Object.entries(TEARS)) {
    it(`keeps what it acknowledged though the end of the database's log ${how}`, async () => {
      const { relay } = community;
      const ledger = community.newLedger();
      const log = file('comptoir.sqlite-wal');
      await relay.boot();
      const visitor = await ledger.connect(ledger.visitor);
      await ledger.ask(visitor, 'Will it hold?');
      const [first] = await says(ledger, visitor);
      const whole = (await readFile(log)).length;
      const last = await ledger.visitor.entry(ledger.community, first!.conversation, {
        kind: 'say',
        text: 'on its way to the disk',
      });
      await visitor.submit(last);
      await relay.kill();
      const bytes = upTo('on its way to the disk', await readFile(log), whole);
      await writeFile(log, torn(bytes, whole));

      await relay.boot();
      await ledger.verify();
      const again = await ledger.connect(ledger.visitor);
      const [outcome] = await again.submit(last);
      assert.equal(outcome?.type, 'durable', 'it was lost, and is taken when it is sent again');
      await relay.kill('SIGTERM');
      await relay.boot();
      await ledger.verify();
      await relay.kill('SIGTERM');
    });
  }

  it('erases for ever though a line of what was erased is half', async () => {
    const { relay } = community;
    const ledger = community.newLedger();
    await relay.boot();
    const visitor = await ledger.connect(ledger.visitor);
    await ledger.ask(visitor, 'Will it hold?');
    const said = await says(ledger, visitor);
    await ledger.retract(visitor, said[0]!);
    await relay.kill();
    const erased = file('erased.log');
    const [line = ''] = (await readFile(erased, 'utf8')).split('\n').slice(-2);
    assert.match(line, new RegExp(`^${said[0]!.id} `));
    await appendFile(erased, `${said[1]!.id} ${line.slice(-22, -9)}`);

    await relay.boot();
    await ledger.verify();
    const again = await ledger.connect(ledger.visitor);
    await ledger.retract(again, said[2]!);
    await relay.kill();
    const lines = (await readFile(erased, 'utf8')).split('\n');
    assert.ok(lines.includes(line.replace(said[0]!.id, said[2]!.id)), 'it has a line of its own');
    await relay.boot();
    await ledger.verify();
    await relay.kill();
  });
});
