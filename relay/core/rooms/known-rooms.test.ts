/** What is known of rooms without asking storage: never less than storage said when it was asked. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MemoryStorage } from '../../storage/memory/memory-storage.ts';
import {
  change,
  commit,
  conversation,
  member,
  otherRoom,
  room,
} from '../../storage/contract/contract.ts';
import { portsOver } from '../../storage/storage.ts';
import { parseSpaceId, type DeviceKey } from '../../../shared/ids.ts';
import { SpaceMode } from '../../../shared/space-mode.ts';
import { type RoomChange, emptyHead } from '../ports/room-storage.ts';
import { KnownRooms } from './known-rooms.ts';

const asked = {
  space: parseSpaceId('demo'),
  mode: SpaceMode.closed,
  device: 'd' as DeviceKey,
  member,
};

class World {
  readonly storage = new MemoryStorage().open();
  readonly known: KnownRooms;
  /** What storage was asked. */
  readonly asked: string[] = [];
  /** Storage answers when this resolves, as it was when it was asked. */
  held: Promise<void> = Promise.resolve();
  fails = false;

  constructor() {
    const under = this.storage as unknown as Record<
      string,
      Record<string, (...args: readonly unknown[]) => Promise<unknown>>
    >;
    const ports = portsOver(async ({ port, op, args }) => {
      this.asked.push(op);
      const answer = await under[port]![op]!(...args);
      await this.held;
      if (this.fails) throw new Error('the disk fails');
      return answer;
    });
    this.known = new KnownRooms({ storage: ports.rooms, asked: ports.asked });
  }

  async commit(one: RoomChange): Promise<void> {
    await commit(this.storage, one);
    this.known.changed(one.room);
  }
}

describe('what is known of rooms', () => {
  it('is asked of storage once, until the room changes', async () => {
    const world = new World();
    const first = change(emptyHead(), [1, 2]);
    await world.commit(first);
    await world.storage.asked.putAsked(conversation, asked);
    const look = (): Promise<unknown> =>
      Promise.all([
        world.known.head(room),
        world.known.asked(conversation),
        world.known.page(room, 1, 0, 1_000),
      ]);
    const found = await look();
    assert.deepEqual(await look(), found);
    assert.deepEqual(await Promise.all([look(), look()]), [found, found]);
    assert.deepEqual(world.asked.toSorted(), ['asked', 'head', 'page']);

    const second = change(first.head, [3]);
    await world.commit(second);
    assert.deepEqual(await world.known.head(room), second.head);
    assert.equal((await world.known.page(room, 1, 0, 1_000)).to, 3);
    await world.known.asked(conversation);
    assert.deepEqual(world.asked.slice(3).toSorted(), ['asked', 'head', 'page']);
  });

  it('is not what storage said before a change that was told meanwhile', async () => {
    const world = new World();
    const first = change(emptyHead(), [1]);
    await world.commit(first);
    const held = Promise.withResolvers<void>();
    world.held = held.promise;
    const before = [world.known.head(room), world.known.page(room, 1, 0, 1_000)];
    const second = change(first.head, [2], [first.append[0]!]);
    await world.commit(second);
    const after = [world.known.head(room), world.known.page(room, 1, 0, 1_000)];
    held.resolve();
    await Promise.all(before);
    const [head, page] = await Promise.all(after);
    assert.deepEqual(head, second.head);
    assert.deepEqual(page, await world.storage.rooms.page(room, 1, 0, 1_000));
    assert.deepEqual(await world.known.head(room), second.head);
    assert.deepEqual(await world.known.page(room, 1, 0, 1_000), page);
  });

  it('tells a replica that lacks nothing without reading its room', async () => {
    const world = new World();
    const first = change(emptyHead(), [1, 2]);
    await world.commit(first);
    await world.known.head(room);
    for (const from of [2, 5]) {
      const page = await world.known.page(room, 1, from, 1_000);
      assert.deepEqual(page, await world.storage.rooms.page(room, 1, from, 1_000));
    }
    assert.deepEqual(world.asked, ['head']);
    // It may still hold as live what was erased.
    await world.commit(change(first.head, [], [first.append[0]!]));
    await world.known.head(room);
    const page = await world.known.page(room, 1, 2, 1_000);
    assert.deepEqual(page, await world.storage.rooms.page(room, 1, 2, 1_000));
    assert.equal(page.runs, 1);
  });

  it('is asked again where nothing was written, and where the answer is long or failed', async () => {
    const world = new World();
    const times = async (ask: () => Promise<unknown>): Promise<number> => {
      const before = world.asked.length;
      for (let time = 0; time < 2; time++) await ask().catch(() => {});
      return world.asked.length - before;
    };
    assert.equal(await times(() => world.known.head(room)), 2);
    assert.equal(await times(() => world.known.asked(conversation)), 2);
    assert.equal(await times(() => world.known.page(room, 1, 0, 1_000)), 2);
    const long = { ...change(emptyHead(), [1]), room: otherRoom };
    const append = long.append.map((row) => ({ ...row, bytes: new Uint8Array(10_000) }));
    await world.commit({ ...long, append });
    assert.equal(await times(() => world.known.page(otherRoom, 1, 0, 1_000)), 2);
    assert.equal(await times(() => world.known.head(otherRoom)), 1);
    world.known.changed(otherRoom);
    world.fails = true;
    assert.equal(await times(() => world.known.head(otherRoom)), 2);
  });

  it('answers each as it asks: another generation, another row, another length', async () => {
    const world = new World();
    await world.commit(change(emptyHead(), [1, 2, 3]));
    const parts = [
      { generation: 1, from: 0, most: 1_000 },
      { generation: 1, from: 1, most: 1_000 },
      { generation: 2, from: 1, most: 1_000 },
      { generation: 1, from: 0, most: 1 },
      { generation: 1, from: 0, most: 1_000 },
    ];
    for (const { generation, from, most } of parts)
      assert.deepEqual(
        await world.known.page(room, generation, from, most),
        await world.storage.rooms.page(room, generation, from, most),
      );
  });
});
