/** Somebody whose role goes on in other spaces, or ends: what of others this device still holds. */
import { expect } from '@open-wc/testing';
import { parseSpaceId } from '../../shared/ids.ts';
import { conversationRoom } from '../../shared/protocol/rooms.ts';
import type { SignedGrant } from '../../shared/grant/grant.ts';
import { createWritable, until } from '../signals/readable.ts';
import type { Me } from '../store/sync-port.ts';
import { type TestRelay, startRelay } from '../testing/relay.ts';
import { createSync } from './create-sync.ts';
import { DeskPart } from './desk-part.ts';
import { keptReplicas } from './rooms/replica-store.ts';
import { Database } from './storage/database.ts';
import type { SyncHost } from './sync-part.ts';

const [demo, other] = ['demo', 'other'].map(parseSpaceId);
const at = (...spaces: readonly (typeof demo)[]): SignedGrant =>
  ({ spaces }) as unknown as SignedGrant;

describe('a desk whose role changes', () => {
  let relay: TestRelay;
  let database: Database;
  let me: ReturnType<typeof createWritable<Me>>;

  before(async () => {
    relay = await startRelay();
  });

  beforeEach(async () => {
    const sync = await createSync({ relay: relay.url, community: relay.community });
    const id = await sync.ask({
      space: demo!,
      text: 'Une question',
      page: { url: '', title: '' },
      lang: 'fr',
    });
    const room = sync.openRoom(conversationRoom(id));
    await until(room.state, ({ status, rows }) => status === 'synced' && rows.length === 1);
    me = createWritable<Me>({ ...sync.me.get(), grant: at(demo) });
    sync.dispose();
    database = new Database(relay.community);
    const record = { contactAt: Date.now(), changedAt: Date.now() };
    await database.write((transaction) => {
      for (const name of ['inbox/demo', 'inbox/other', 'space/demo'])
        transaction.put(['room', name], record);
    });
    const contact = { link: createWritable({ status: 'connecting' }), now: () => Date.now() };
    const member = { asked: createWritable([]) }; // the question is somebody else's
    const { community } = relay;
    const part = new DeskPart({
      community,
      database,
      contact,
      member,
      credentials: { me },
    } as unknown as SyncHost);
    await part.load();
  });

  afterEach(() => database.destroy(() => {}));

  const kinds = async (): Promise<string[]> => {
    const kept = await keptReplicas(database);
    return kept
      .map(({ name }) => (name.startsWith('conversation/') ? 'conversation' : name))
      .filter((name) => !name.startsWith('member/'))
      .toSorted();
  };
  const becomes = async (left: readonly string[]): Promise<void> => {
    while ((await kinds()).length > left.length) await new Promise(requestAnimationFrame);
    expect(await kinds()).to.deep.equal(left);
  };
  const ALL = ['conversation', 'inbox/demo', 'inbox/other', 'space/demo'];

  it('keeps nobody’s conversations of a space that it has left for another', async () => {
    expect(await kinds()).to.deep.equal(ALL);
    me.set({ ...me.get(), grant: at(other) });
    await becomes(['inbox/other', 'space/demo']);
  });

  it('keeps all where its role only changed, or came to more spaces', async () => {
    me.set({ ...me.get(), grant: at(demo) });
    me.set({ ...me.get(), grant: at(demo, other) });
    me.set({ ...me.get(), grant: at() });
    await database.get(['device']);
    await new Promise(requestAnimationFrame);
    expect(await kinds()).to.deep.equal(ALL);
  });

  it('keeps nobody’s when it leaves the desk', async () => {
    me.set({ ...me.get(), grant: null });
    await becomes(['space/demo']);
  });
});
