/** How often an entry has to wait for storage. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Entry } from '../../../shared/entry/entry.ts';
import type { EntryId } from '../../../shared/ids.ts';
import type { Outcome } from '../../../shared/protocol/outcome.ts';
import { conversationRoom } from '../../../shared/protocol/rooms.ts';
import { type Composition, createCore } from '../../create-core.ts';
import { demoSpace } from '../../demo-space.ts';
import { loadAuthority } from '../../platform/community-key.ts';
import { nodePlatform } from '../../platform/node-platform.ts';
import { MemoryStorage } from '../../storage/memory/memory-storage.ts';
import { portsOver } from '../../storage/storage.ts';
import { instantVerify } from '../../testing/instant-crypto.ts';
import { ManualClock } from '../../testing/manual-clock.ts';
import { TestIdentity } from '../../testing/test-device.ts';
import { silentLog } from '../ports/log.ts';
import { EntryFates } from './entry-fates.ts';

const folder = await mkdtemp(join(tmpdir(), 'comptoir-key-'));
const authority = await loadAuthority(folder);
await rm(folder, { recursive: true });
const community = authority.fingerprint;

class World {
  /** What was asked of storage. */
  asked: string[] = [];
  readonly #composition: Composition;

  private constructor(composition: Composition) {
    this.#composition = composition;
  }

  static async open(memory: MemoryStorage): Promise<World> {
    const under = memory.open() as unknown as Record<
      string,
      Record<string, (...args: readonly unknown[]) => Promise<unknown>>
    >;
    const asked: string[] = [];
    const ports = portsOver(async ({ port, op, args }) => {
      asked.push(`${port}.${op}`);
      return under[port]![op]!(...args);
    });
    const composition = await createCore({
      storage: ports,
      platform: { ...nodePlatform, clock: new ManualClock(), verify: instantVerify },
      authority,
      log: silentLog,
      isOwnHost: () => true,
    });
    if (!composition.spaces.has(demoSpace.id)) await composition.spaces.set(demoSpace);
    const world = new World(composition);
    world.asked = asked;
    return world;
  }

  submit(by: TestIdentity, ...entries: readonly Entry[]): Promise<Outcome[]> {
    const source = { connection: by.key, address: '192.0.2.1' };
    return new Promise((resolve) =>
      this.#composition.core.submitPath.submit(
        entries.map(({ bytes }) => bytes),
        source,
        (answers) => resolve(answers.map(({ outcome }) => outcome)),
      ),
    );
  }

  /** Lets go of a room, as when others take its memory. */
  async forget({ conversation }: Entry): Promise<void> {
    const { rooms } = this.#composition.core;
    rooms.forget(await rooms.conversation(conversation));
  }

  close(): Promise<void> {
    return this.#composition.close(1001, 'the end');
  }
}

describe('an entry on its way', () => {
  it('waits for nothing but its commit when its room is in memory', async () => {
    const world = await World.open(new MemoryStorage());
    const asker = new TestIdentity();
    const ask = await asker.ask(community, 'What now?');
    await world.submit(asker, ask);
    const say = (text: string): Promise<Entry> =>
      asker.entry(community, ask.conversation, { kind: 'say', text });
    const first = await say('one');
    await world.submit(asker, first);
    for (const entry of [await say('two'), first, await say('three')]) {
      world.asked.length = 0;
      await world.submit(asker, entry);
      assert.ok(world.asked.length <= 1, world.asked.join(' '));
      assert.ok(world.asked.every((call) => call === 'rooms.commit'));
    }
    await world.close();
  });

  it('is refused when it was erased before, whether its room is in memory or not', async () => {
    const memory = new MemoryStorage();
    let world = await World.open(memory);
    const asker = new TestIdentity();
    const ask = await asker.ask(community, 'What now?');
    const said = await asker.entry(community, ask.conversation, { kind: 'say', text: 'oh' });
    const content = { kind: 'retract', target: said.id } as const;
    const withdrawn = await asker.entry(community, ask.conversation, content);
    await world.submit(asker, ask, said, withdrawn);
    const refused = [{ type: 'refused', code: 'erased' }];
    assert.deepEqual(await world.submit(asker, said), refused);
    await world.forget(ask);
    assert.deepEqual(await world.submit(asker, said), refused);
    await world.close();
    world = await World.open(memory);
    assert.deepEqual(await world.submit(asker, said), refused);
    const again = await asker.entry(community, ask.conversation, content);
    assert.equal(
      (await world.submit(asker, again))[0]?.type,
      'durable',
      'it is known whose it was',
    );
    await world.close();
  });
});

describe('erased entries', () => {
  const id = 'A'.repeat(22) as EntryId;
  const room = conversationRoom('B'.repeat(22) as never);

  it('are asked for of storage until it has said which there are', async () => {
    const asked: string[] = [];
    const { promise, resolve } = Promise.withResolvers<readonly EntryId[]>();
    const erased = new EntryFates({
      fatedIds: () => promise,
      async fates(ids) {
        asked.push(...ids);
        return new Map([[id, { type: 'numbered', room, seq: 1 }]]);
      },
    });
    const loading = erased.load();
    assert.equal((await erased.of([id])).size, 0);
    resolve([]);
    await loading;
    assert.equal((await erased.of([id])).size, 0);
    assert.deepEqual(asked, [id]);
    erased.add([id]);
    await erased.of([id]);
    assert.deepEqual(asked, [id, id]);
  });
});
