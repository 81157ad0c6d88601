/** Batches over a disk that stalls, refuses, conflicts and forgets to answer: what is answered is on disk, whatever fails. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import * as fc from 'fast-check';
import { STATE_VERSION } from '../../../shared/conversation/state-codec.ts';
import type { Entry } from '../../../shared/entry/entry.ts';
import { ownMemberOf } from '../../../shared/hash.ts';
import { Role } from '../../../shared/grant/roles.ts';
import type { DeviceKey } from '../../../shared/ids.ts';
import type { Outcome } from '../../../shared/protocol/outcome.ts';
import { type RoomName, conversationRoom } from '../../../shared/protocol/rooms.ts';
import { SpaceMode } from '../../../shared/space-mode.ts';
import { loadAuthority } from '../../platform/community-key.ts';
import { nodePlatform } from '../../platform/node-platform.ts';
import { MemoryStorage } from '../../storage/memory/memory-storage.ts';
import { instantVerify } from '../../testing/instant-crypto.ts';
import { ManualClock } from '../../testing/manual-clock.ts';
import { TestIdentity } from '../../testing/test-device.ts';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog } from '../ports/log.ts';
import type { Member } from '../ports/people.ts';
import type { RoomStorage } from '../ports/room-storage.ts';
import { RelayCore } from '../relay-core.ts';

const ACCIDENTS = ['none', 'none', 'stall', 'conflict', 'refused', 'unanswered'] as const;
type Accident = (typeof ACCIDENTS)[number];

const folder = await mkdtemp(join(tmpdir(), 'comptoir-key-'));
const authority = await loadAuthority(folder);
await rm(folder, { recursive: true });
const community = authority.fingerprint;

const visitor = (device: DeviceKey): Member => ({
  id: ownMemberOf(device),
  role: Role.visitor,
  name: '',
  spaces: [],
});

class World {
  readonly memory = new MemoryStorage();
  readonly ports = this.memory.open();
  readonly core: RelayCore;
  readonly #accidents: Accident[];
  readonly #published = new Map<RoomName, number>();
  readonly outcomes = new Map<Entry, Outcome>();
  commits = 0;
  #commits: Promise<void> | null = null;

  constructor(accidents: readonly Accident[]) {
    this.#accidents = [...accidents];
    const { ports } = this;
    const storage: RoomStorage = {
      ...ports.rooms,
      commit: async (batch) => {
        this.commits++;
        await this.#commits;
        const accident = this.#accidents.shift() ?? 'none';
        if (accident === 'stall') for (let turn = 0; turn < 5; turn++) await setImmediate();
        if (accident === 'conflict') return 'conflict';
        if (accident === 'refused') throw new Error('the disk is full');
        const result = await ports.rooms.commit(batch);
        if (accident === 'unanswered') throw new Error('the answer was lost');
        return result;
      },
    };
    this.core = new RelayCore({
      storage,
      checkpoints: ports.checkpoints,
      asked: ports.asked,
      held: ports.held,
      platform: { ...nodePlatform, clock: new ManualClock(), verify: instantVerify },
      authority,
      log: silentLog,
      people: () => ({
        membersOf: async (devices) => new Map(devices.map((key) => [key, visitor(key)])),
      }),
      spaces: () => ({ modeOf: () => SpaceMode.open }),
      entriesPerMinute: 100_000,
      questionsPerHour: 100_000,
    });
    this.core.onCommit(({ room, base, head }) => {
      assert.ok(
        this.memory.rooms.range(room, 0, 1).head.rev >= head.rev,
        'told before it is durable',
      );
      assert.ok(base.rev >= (this.#published.get(room) ?? 0), 'told out of order');
      this.#published.set(room, head.rev);
      this.#looks.push(this.#look(room));
    });
  }

  readonly #looks: Promise<void>[] = [];

  /** Whoever opens a room is told of it as it is on disk, or of what follows. */
  async #look(room: RoomName): Promise<void> {
    const { head } = this.memory.rooms.range(room, 0, 1);
    assert.ok((await this.core.known.head(room)).rev >= head.rev, 'less is known than is on disk');
  }

  /** Resolves when all those have looked, and what is known is what is on disk. */
  async looked(rooms: readonly RoomName[]): Promise<void> {
    for (const room of rooms) await this.#look(room);
    await Promise.all(this.#looks);
  }

  /** Nothing is committed until the returned function is called. */
  holdCommits(): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#commits = promise;
    return resolve;
  }

  submit(connection: DeviceKey, ...entries: readonly Entry[]): void {
    const bytes = entries.map((entry) => entry.bytes);
    this.core.submitPath.submit(bytes, { connection, address: '192.0.2.1' }, (answers) => {
      for (const { id, outcome } of answers) {
        const entry = entries.find((one) => one.id === id);
        assert.ok(entry);
        this.#check(entry, outcome);
        this.outcomes.set(entry, outcome);
      }
    });
  }

  #check(entry: Entry, outcome: Outcome): void {
    if (outcome.type !== 'durable' && outcome.type !== 'duplicate')
      return assert.equal(outcome.type, 'later', 'nothing here is refused');
    const room = conversationRoom(entry.conversation);
    const fate = this.memory.rooms.fates([entry.id]).get(entry.id);
    assert.deepEqual(fate, { type: 'numbered', room, seq: outcome.seq }, 'answered before on disk');
  }
}

/** Questions, and what is said of each, by several people. */
async function wordsOf(people: readonly TestIdentity[], each: number): Promise<Entry[][]> {
  const asked = await Promise.all(people.map((one) => one.ask(community, 'What now?')));
  return Promise.all(
    people.map(async (one, index) => {
      const conversation = asked[(index + 1) % asked.length]!.conversation;
      const said = Array.from({ length: each }, (_, number) =>
        one.entry(community, conversation, { kind: 'say', text: `word ${number}` }),
      );
      return [asked[index]!, ...(await Promise.all(said))];
    }),
  );
}

describe('the committer', () => {
  it('answers and tells nothing that is not on disk, in order, over whatever fails', async () => {
    const people = Array.from({ length: 3 }, () => new TestIdentity());
    const words = await wordsOf(people, 4);
    const plan = fc.record({
      accidents: fc.array(fc.constantFrom(...ACCIDENTS), { maxLength: 25 }),
      /** Who submits how many of theirs, and whether there is a pause before. */
      turns: fc.array(
        fc.record({
          by: fc.nat(people.length - 1),
          carrier: fc.nat(people.length - 1),
          count: fc.integer({ min: 1, max: 3 }),
          pauses: fc.boolean(),
        }),
        { maxLength: 25 },
      ),
    });
    await fc.assert(
      fc.asyncProperty(plan, async ({ accidents, turns }) => {
        const world = new World(accidents);
        const left = words.map((list) => [...list]);
        // All questions are there at some time, so that nothing is refused for good.
        const asks = words.map(([ask]) => ask!);
        for (const turn of turns) {
          const entries = left[turn.by]!.splice(0, turn.count);
          if (turn.pauses) await setImmediate();
          await world.looked([conversationRoom(asks[turn.by]!.conversation)]);
          const ready = entries.filter((one) => one.kind === asks[0]!.kind);
          // Its own again, by another way: known as a duplicate only once it is on disk.
          world.submit(people[turn.carrier]!.key, ...(ready.length > 0 ? ready : asks));
        }
        for (let round = 0; round < 60; round++) {
          await world.core.committer.idle();
          const waiting = (list: readonly Entry[]): Entry[] =>
            list.filter((one) => (world.outcomes.get(one)?.type ?? 'later') === 'later');
          const askedYet = waiting(asks).length === 0;
          const next = askedYet ? waiting(words.flat()) : waiting(asks);
          if (next.length === 0) break;
          for (const [index, entry] of next.entries())
            world.submit(people[index % people.length]!.key, entry);
        }
        for (const entry of words.flat())
          assert.notEqual(world.outcomes.get(entry)?.type, 'later', 'all get there in the end');
        await world.looked(asks.map(({ conversation }) => conversationRoom(conversation)));
        for (const { conversation } of asks) {
          const { rows, head } = world.memory.rooms.range(conversationRoom(conversation), 0, 1e9);
          assert.equal(rows.length, 5);
          assert.equal(head.next, 5);
          const { state } = await world.core.rooms.conversation(conversation);
          assert.equal(Array.from(state.rows).length, 5);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('fills the next batch while one is on its way, and lets it fail with that one', async () => {
    const people = [new TestIdentity(), new TestIdentity()];
    const [mine] = await wordsOf(people, 0);
    const world = new World(['refused']);
    const go = world.holdCommits();
    const [ask] = mine!;
    world.submit(people[0]!.key, ask!);
    for (let turn = 0; turn < 5; turn++) await setImmediate();
    world.submit(people[1]!.key, ask!);
    for (let turn = 0; turn < 5; turn++) await setImmediate();
    assert.equal(world.core.committer.length, 0, 'both are in a batch');
    assert.equal(world.outcomes.size, 0);
    go();
    await world.core.committer.idle();
    assert.equal(world.outcomes.get(ask!)?.type, 'later');
  });

  it('writes together what comes in one turn, one after the other though it is', async () => {
    const people = [new TestIdentity(), new TestIdentity(), new TestIdentity()];
    const words = await wordsOf(people, 0);
    const world = new World([]);
    for (const [index, [ask]] of words.entries()) {
      world.submit(people[index]!.key, ask!);
      for (let hop = 0; hop < 100; hop++) await Promise.resolve();
    }
    assert.equal(world.commits, 0);
    await world.core.committer.idle();
    assert.equal(world.commits, 1);
    assert.equal(world.outcomes.size, 3);
  });

  it('keeps the states of all conversations that changed much before it stops', async () => {
    const people = [new TestIdentity(), new TestIdentity()];
    const world = new World([]);
    const words = await wordsOf(people, 300);
    for (const [index, [ask]] of words.entries()) world.submit(people[index]!.key, ask!);
    await world.core.committer.idle();
    // By many carriers, so that one batch takes all.
    for (const [, ...said] of words)
      for (let from = 0; from < said.length; from += 50)
        world.submit(new TestIdentity().key, ...said.slice(from, from + 50));
    await world.core.stop();
    for (const [ask] of words) {
      const name = conversationRoom(ask!.conversation);
      const kept = await world.ports.checkpoints.checkpoint(name, STATE_VERSION);
      assert.ok((kept?.next ?? 0) > 256, `${kept?.next} rows`);
    }
  });

  it('says later at once when too much waits', async () => {
    const person = new TestIdentity();
    const [ask] = (await wordsOf([person], 0))[0]!;
    const world = new World([]);
    const go = world.holdCommits();
    world.submit(person.key, ask!);
    for (let turn = 0; turn < 5; turn++) await setImmediate();
    const answers: Outcome[] = [];
    const noise = (number: number): void => {
      const connection = `noise ${number}` as DeviceKey;
      world.core.submitPath.submit(
        [new Uint8Array(30_000).fill(number)],
        { connection, address: `192.0.2.${number % 250}` },
        ([answer]) => answers.push(answer!.outcome),
      );
    };
    for (let number = 0; number < 2_300; number++) noise(number);
    assert.ok(answers.length > 0);
    assert.ok(answers.every(({ type }) => type === 'later'));
    assert.ok(world.core.committer.length * 30_000 <= 64 * 1024 * 1024, 'and takes no more');
    go();
    await world.core.committer.idle();
    assert.equal(answers.length, 2_300);
  });
});
