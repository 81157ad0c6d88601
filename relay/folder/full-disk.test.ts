/** A disk that fills up under a relay, or lets nothing be written. A real process on a disk of its own. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { it } from 'node:test';
import type { Entry } from '../../shared/entry/entry.ts';
import type { Fingerprint } from '../../shared/ids.ts';
import { conversationRoom } from '../../shared/protocol/rooms.ts';
import { RelayProcess, runRelay } from '../testing/machine/relay-process.ts';
import { makeSmallDisk } from '../testing/machine/small-disk.ts';
import { TestDevice } from '../testing/test-device.ts';

const env = { COMPTOIR_ENTRIES_PER_MINUTE: '100000', COMPTOIR_LOG: 'silent' };

it('acknowledges nothing while the disk is full, says so, and loses nothing', async (context) => {
  await using disk = await makeSmallDisk(12_000_000);
  if (!disk) return context.skip('only root can make a disk that is full');
  const data = join(disk.path, 'data');
  await using relay = await RelayProcess.start({ data, env });
  const answer = await fetch(`${relay.url}/api/community`);
  const { fingerprint } = (await answer.json()) as { fingerprint: Fingerprint };
  const device = await TestDevice.connect(relay.socketUrl, fingerprint);
  const { conversation } = await device.ask('Which drill?');
  const ready = async (): Promise<number> => (await fetch(`${relay.url}/readyz`)).status;
  const say = (number: number): Promise<Entry> =>
    device.identity.entry(fingerprint, conversation, {
      kind: 'say',
      text: `${number} ${'x'.repeat(1_000)}`,
    });
  assert.equal(await ready(), 200);

  disk.fill();
  const entries: Entry[] = [];
  const outcomes = new Map<string, string>();
  const send = async (entry: Entry): Promise<string> => {
    const [outcome] = await device.submit(entry);
    outcomes.set(entry.id, outcome?.type ?? 'none');
    return outcome?.type ?? 'none';
  };
  do {
    entries.push(await say(entries.length));
  } while ((await send(entries.at(-1)!)) === 'durable');
  assert.equal(outcomes.get(entries.at(-1)!.id), 'later');
  assert.equal(await ready(), 503);

  disk.empty();
  for (const entry of entries)
    if (outcomes.get(entry.id) !== 'durable') assert.equal(await send(entry), 'durable');
  assert.equal(await ready(), 200);
  const room = await device.open(conversationRoom(conversation));
  const held = room.rows.flatMap((row) =>
    row.type === 'entry' ? [Buffer.from(row.entry).toString('hex')] : [],
  );
  assert.deepEqual(
    held.slice(1),
    entries.map(({ bytes }) => Buffer.from(bytes).toString('hex')),
    'each once, in the order in which it was said',
  );
  const { rev: _, ...digest } = room.digest!;
  assert.deepEqual(room.digestHeld(fingerprint), digest);
  const verified = await runRelay(data, ['verify']);
  assert.match(verified.out, /^Whole/);
  await device.close();
});
