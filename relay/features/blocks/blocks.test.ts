/** Where people were seen: forgotten in time, and never on disk as it was. */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { Role } from '../../../shared/grant/roles.ts';
import { ownMemberOf } from '../../../shared/hash.ts';
import type { DeviceKey } from '../../../shared/ids.ts';
import { FOR_EVER } from '../../../shared/protocol/control.ts';
import { networkWidth, parseNetwork } from '../../core/limits/networks.ts';
import { silentLog } from '../../core/ports/log.ts';
import { JobRunner } from '../../jobs/job-runner.ts';
import { openSqlite } from '../../storage/sqlite/open-sqlite.ts';
import { ManualClock } from '../../testing/manual-clock.ts';
import type { StoredMember } from '../members/members-storage.ts';
import { Blocking } from './blocking.ts';
import { Blocks } from './blocks.ts';
import { forgetOld } from './forget-old.ts';
import { loadAuthority } from '../../platform/community-key.ts';

const DAY_MS = 86_400_000;

it('where people were is kept as keyed hashes, for the days that are set, and blocks until they end', async () => {
  const data = await mkdtemp(join(tmpdir(), 'comptoir-blocks-'));
  const clock = new ManualClock();
  const authority = await loadAuthority(data);
  const storage = await openSqlite(data);
  const seal = (bytes: Uint8Array): Uint8Array => authority.seal(bytes);
  const blocks = await Blocks.open({
    storage: storage.blocks,
    rooms: storage.rooms,
    clock,
    log: silentLog,
    seal,
  });
  const jobs = new JobRunner({
    storage: storage.jobs,
    rooms: storage.rooms,
    clock,
    log: silentLog,
    tell: () => {},
  });
  jobs.handle('forget', forgetOld({ clock, addressDays: 30 }));
  await jobs.ensure({ kind: 'forget', key: '', body: '', due: clock.now() });
  jobs.start();
  const device = 'B'.repeat(42).concat('A') as DeviceKey;
  const member = ownMemberOf(device);
  blocks.saw({ member, device, address: '203.0.113.77' });
  blocks.saw({ member, device, address: '2001:db8:7777::1' });
  const ended = { reason: '', created: clock.now(), expires: clock.now() + DAY_MS };
  await blocks.add([{ id: 'b', subject: 'device', value: device, shown: device, ...ended }]);
  assert.deepEqual(
    (await blocks.sightingsOf(member)).map(({ shown }) => shown),
    ['IPv4 /24', 'IPv4 /32', 'IPv6 /48', 'IPv6 /64'],
  );
  const files = await Promise.all(
    (await readdir(data)).map((name) => readFile(join(data, name), 'latin1')),
  );
  for (const trace of ['203.0.113', '2001:db8', '\u00cb\u0000\u0071\u004d', 'cb007100'])
    assert.equal(
      files.some((content) => content.includes(trace)),
      false,
      trace,
    );

  // A clock that is wrong for a while deletes nothing.
  clock.turn(365 * DAY_MS);
  await jobs.look();
  clock.turn(-365 * DAY_MS);
  await jobs.look();
  assert.equal((await storage.blocks.blocks()).length, 1);

  clock.advance(29 * DAY_MS);
  await jobs.look();
  assert.equal((await blocks.sightingsOf(member)).length, 4);
  clock.advance(2 * DAY_MS);
  await blocks.close();
  await jobs.look();
  assert.equal((await storage.blocks.sightingsOf(member)).length, 0);
  assert.deepEqual((await blocks.list({ most: 1 })).items, []);
  await jobs.stop();
  await storage.close();
  await rm(data, { recursive: true, force: true });
});

it('a blocked network holds for visitors, and spares whoever answers at the desk', async () => {
  const data = await mkdtemp(join(tmpdir(), 'comptoir-blocks-'));
  const clock = new ManualClock();
  const authority = await loadAuthority(data);
  const storage = await openSqlite(data);
  const seal = (bytes: Uint8Array): Uint8Array => authority.seal(bytes);
  const { blocks: stored, rooms } = storage;
  const blocks = await Blocks.open({ storage: stored, rooms, clock, log: silentLog, seal });
  const network = parseNetwork('203.0.113.0/24');
  assert.ok(network);
  const held = { reason: '', created: clock.now(), expires: null };
  const value = blocks.hash(network);
  await blocks.add([{ id: 'n', subject: 'address', value, shown: networkWidth(network), ...held }]);
  const device = 'B'.repeat(42).concat('A') as DeviceKey;
  const actor = { member: ownMemberOf(device), device, address: '203.0.113.77' };
  for (const role of [Role.helper, Role.guardian, Role.staff, Role.expert, Role.manager])
    assert.equal(blocks.until({ ...actor, role }), 0, `role ${role}`);
  assert.equal(blocks.until({ ...actor, role: Role.visitor }), FOR_EVER);
  assert.equal(blocks.until(actor), FOR_EVER, 'whose role nobody says');
  await blocks.add([{ id: 'm', subject: 'member', value: actor.member, shown: '', ...held }]);
  assert.equal(
    blocks.until({ ...actor, role: Role.helper }),
    FOR_EVER,
    'who is blocked themselves',
  );
  await blocks.close();
  await storage.close();
  await rm(data, { recursive: true, force: true });
});

it('whom a block of a network touches is counted over a week, without whom it is about and the desk', async () => {
  const data = await mkdtemp(join(tmpdir(), 'comptoir-blocks-'));
  const clock = new ManualClock();
  const authority = await loadAuthority(data);
  const storage = await openSqlite(data);
  const seal = (bytes: Uint8Array): Uint8Array => authority.seal(bytes);
  const { blocks: stored, rooms } = storage;
  const blocks = await Blocks.open({ storage: stored, rooms, clock, log: silentLog, seal });
  const device = (name: string): DeviceKey => name.repeat(42).concat('A') as DeviceKey;
  const [troll, neighbour, helper, former] = ['B', 'C', 'D', 'E'].map((name) => {
    const key = device(name);
    return { device: key, member: ownMemberOf(key), address: '203.0.113.77' };
  });
  assert.ok(troll && neighbour && helper && former);
  const blocking = new Blocking({
    blocks,
    members: {
      list: () => Promise.resolve({ items: [{ id: helper.member } as StoredMember], next: null }),
      of: () => Promise.resolve('removed'),
    },
    revokeInvitationsBy: () => Promise.resolve(),
    whenOut: { job: () => assert.fail('nobody is blocked'), settled: () => Promise.resolve() },
    events: { tell: () => {} },
    platform: { clock, random: () => new Uint8Array(5) },
  });
  blocks.saw(former);
  clock.advance(7 * DAY_MS + 1);
  for (const actor of [troll, neighbour, helper]) blocks.saw(actor);
  blocks.saw({ ...neighbour, device: device('F') });
  const reach = await blocking.reach({ addressesOf: troll.member });
  assert.deepEqual(reach, { networks: 1, others: 1, spared: 1 });
  const whole = await blocking.reach({ address: '203.0.113.0/24' });
  assert.deepEqual(whole, { networks: 1, others: 2, spared: 1 });
  assert.equal(await blocking.reach({ address: 'shop' }), null);
  await blocks.close();
  await storage.close();
  await rm(data, { recursive: true, force: true });
});
