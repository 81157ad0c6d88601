/** A device that forgets all it held, in every tab, and goes on as a new one. */
import { expect } from '@open-wc/testing';
import { parseSpaceId } from '../../shared/ids.ts';
import { conversationRoom } from '../../shared/protocol/rooms.ts';
import type { Sync } from '../store/sync-port.ts';
import { type TestRelay, startRelay } from '../testing/relay.ts';
import { until } from '../signals/readable.ts';
import { createSync } from './create-sync.ts';
import { Database } from './storage/database.ts';

const question = {
  space: parseSpaceId('demo'),
  text: 'Une question',
  page: { url: '', title: '' },
  lang: 'fr',
};

describe('a device that ends', () => {
  let relay: TestRelay;
  const open: Sync[] = [];

  before(async () => {
    relay = await startRelay();
  });

  afterEach(async () => {
    const [first, ...others] = open.splice(0).toReversed();
    for (const other of others) other.dispose();
    await first?.erase();
  });

  async function tab(): Promise<Sync> {
    const sync = await createSync({ relay: relay.url, community: relay.community });
    open.push(sync);
    return sync;
  }

  /** Two tabs with a question that the relay has; the first leads. */
  async function twoTabs(): Promise<[Sync, Sync]> {
    const leader = await tab();
    await until(leader.link, ({ status }) => status === 'online');
    const follower = await tab();
    await until(follower.link, ({ status }) => status === 'online');
    await follower.ask(question, 'new');
    await until(leader.outbox, (items) => items.length === 0);
    await leader.writeDraft('new', 'Un brouillon');
    return [leader, follower];
  }

  /** Makes the device a customer's, as an accepted token does. */
  const signedIn = async (): Promise<void> => {
    const database = new Database(relay.community);
    await database.write((transaction) => transaction.put(['customer'], true));
    await database.close();
  };

  for (const who of ['leader', 'follower'] as const) {
    it(`leaves nothing in any tab when the customer signs out in the ${who}`, async () => {
      const [leader, follower] = await twoTabs();
      await signedIn();
      const before = leader.me.get().device;
      // Each tab starts anew as soon as it hears of it.
      const anew = [leader, follower].map(
        (sync) =>
          new Promise<Sync>((resolve) => {
            const stop = sync.link.subscribe(() => {
              const link = sync.link.get();
              if (link.status !== 'refused') return;
              expect(link.why).to.equal('signed-out');
              stop();
              resolve(tab());
            });
          }),
      );
      await (who === 'leader' ? leader : follower).identify(null);
      const [one, other] = await Promise.all(anew);
      expect(one?.me.get().device).to.not.equal(before);
      expect(other?.me.get().device).to.equal(one?.me.get().device);
      expect(one?.asked.get()).to.deep.equal([]);
      expect(await one?.readDraft('new')).to.equal('');
      const id = await one?.ask(question);
      const room = other?.openRoom(conversationRoom(id!));
      await until(room!.state, ({ rows }) => rows.length === 1);
    });
  }

  it('signs out with no relay at all', async () => {
    const sync = await tab();
    await until(sync.link, ({ status }) => status === 'online');
    await sync.ask(question);
    await signedIn();
    await relay.kill();
    await sync.identify(null);
    expect(sync.link.get()).to.deep.equal({ status: 'refused', why: 'signed-out' });
    expect((await tab()).asked.get()).to.deep.equal([]);
    await relay.boot();
  });

  it('forgets nothing when nobody was signed in', async () => {
    const sync = await tab();
    await until(sync.link, ({ status }) => status === 'online');
    const id = await sync.ask(question);
    await sync.identify(null);
    expect(sync.link.get().status).to.equal('online');
    expect(sync.asked.get().map((one) => one.id)).to.deep.equal([id]);
  });
});
