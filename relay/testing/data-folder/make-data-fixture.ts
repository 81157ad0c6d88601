/**
 * Makes a data folder of the version that this build writes, with something in every table, and what
 * a storage over it must answer. Run once a version, before it is released; its files are kept:
 *
 *     node relay/testing/data-folder/make-data-fixture.ts relay/storage/fixtures/data-1
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Role } from '../../../shared/grant/roles.ts';
import { conversationRoom, inboxRoom, parseRoom } from '../../../shared/protocol/rooms.ts';
import { parseSpaceId } from '../../../shared/ids.ts';
import { openSqlite } from '../../storage/sqlite/open-sqlite.ts';
import { dumpOf } from './dump-storage.ts';
import { askOffice } from '../office-client.ts';
import { startTestRelay } from '../start-test-relay.ts';
import { TestDevice, TestIdentity, redeem } from '../test-device.ts';

/** What is erased must be in none of its files. */
const ERASED = 'zebra-quartz-telephone';

async function live(data: string): Promise<void> {
  await using test = await startTestRelay({ data });
  const { fingerprint } = (await (await fetch(`${test.url}/api/community`)).json()) as {
    fingerprint: Parameters<typeof redeem>[1];
  };
  const identity = new TestIdentity();
  await redeem(test.url, fingerprint, identity, await test.relay.inviteLink(Role.expert), 'Ana');
  const helper = await TestDevice.connect(test.socketUrl, fingerprint, { identity });
  const visitor = await TestDevice.connect(test.socketUrl, fingerprint);
  const { conversation } = await visitor.ask('Which drill for concrete?');
  await helper.write(conversation, { kind: 'claim' });
  await helper.write(conversation, { kind: 'say', text: 'The P18, with a masonry bit.' });
  const { entry } = await visitor.write(conversation, { kind: 'say', text: ERASED });
  await visitor.write(conversation, { kind: 'retract', target: entry.id });
  await visitor.write(conversation, { kind: 'say', text: 'Thank you. And for tiles?' });
  const inbox = await helper.open(inboxRoom(parseSpaceId('demo')));
  const room = await helper.open(conversationRoom(conversation));
  await helper.until(() => inbox.records.size === 1 && room.rows.length === 5);
  await askOffice(test.relay, 'POST', '/blocks', {
    address: '203.0.113.0/24',
    reason: 'adverts',
  });
  await askOffice(test.relay, 'POST', '/invitations', { role: Role.helper, note: 'for Ben' });
  await Promise.all([helper.close(), visitor.close()]);
}

/** What a relay in a test does not write by itself. */
async function add(data: string): Promise<void> {
  const storage = await openSqlite(data);
  const [name] = await storage.rooms.rooms('conversation/');
  const [member] = (await storage.members.members(false, { most: 1 })).items;
  if (!name || !member) throw new Error('nobody talked');
  const { generation, rev, next } = await storage.rooms.head(name);
  const bytes = new Uint8Array([1, 2, 3]);
  await storage.checkpoints.putCheckpoint(name, { generation, rev, next, version: 0, bytes });
  const photo = { name: 'photo-of-ana', member: member.id, uploaded: 5, held: true };
  await storage.cards.putPhoto({ ...photo, bytes });
  const fields = { name: 'Ana B.', topics: ['Murs'], store: 'Lyon', owns: ['P18'] };
  await storage.cards.putCard(member.id, fields);
  const other = new TestIdentity();
  const devices = [{ device: other.key, label: 'phone' }];
  await storage.members.merge({
    from: other.member,
    to: member.id,
    devices,
    customer: false,
    now: 7,
  });
  const room = parseRoom(name);
  if (room.kind !== 'conversation') throw new Error('not a conversation');
  await storage.reading.markRead([
    { conversation: room.id, member: member.id, side: 'desk', seq: 4 },
  ]);
  await storage.lines.wait('list', { key: 'first', rank: 1, at: 5, turn: 2, value: '{}' });
  await storage.jobs.put({ kind: 'none', key: 'dead', body: '', due: 1 });
  const [job] = await storage.jobs.lease(['none'], 2, 3, 1);
  if (job) await storage.jobs.fail(job, 'it never worked', null);
  await storage.close();
}

const folder = process.argv[2];
if (folder === undefined) throw new Error('into which folder?');
await mkdir(folder, { recursive: true });
await live(folder);
await add(folder);
const storage = await openSqlite(folder);
const expected = await dumpOf(storage);
await storage.close();
await writeFile(join(folder, 'expected.json'), `${JSON.stringify(expected, null, 1)}\n`);
