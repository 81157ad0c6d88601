/** Sync against a real relay, with real IndexedDB. */
import { expect } from '@open-wc/testing';
import { type ConversationId, parseSpaceId } from '../../shared/ids.ts';
import { conversationRoom } from '../../shared/protocol/rooms.ts';
import type { Sync } from '../store/sync-port.ts';
import { type TestRelay, startRelay } from '../testing/relay.ts';
import { until } from '../signals/readable.ts';
import { createSync } from './create-sync.ts';

const question = {
  space: parseSpaceId('demo'),
  text: 'Quelle cheville ?',
  page: { url: '', title: '' },
  lang: 'fr',
};

describe('sync', () => {
  let relay: TestRelay;
  let sync: Sync;

  before(async () => {
    relay = await startRelay();
  });

  beforeEach(async () => {
    sync = await createSync({ relay: relay.url, community: relay.community });
  });

  afterEach(async () => {
    await sync.erase();
  });

  async function asked(): Promise<ConversationId> {
    const id = await sync.ask(question, 'new');
    await until(sync.outbox, (items) => items.length === 0);
    return id;
  }

  it('asks: kept first, then numbered, then gone from the outbox', async () => {
    const id = await sync.ask(question, 'new');
    expect(sync.outbox.get().length).to.equal(1);
    const room = sync.openRoom(conversationRoom(id));
    await until(room.state, ({ rows, status }) => rows.length === 1 && status === 'synced');
    await until(sync.outbox, (items) => items.length === 0);
    expect(sync.asked.get().map((one) => one.id)).to.deep.equal([id]);
    room.close();
  });

  it('keeps what is written while the relay is dead, and sends it once when it is back', async () => {
    const id = await asked();
    const room = sync.openRoom(conversationRoom(id));
    await until(room.state, ({ rows }) => rows.length === 1);
    await relay.kill();
    await until(sync.link, ({ status }) => status !== 'online');
    for (const text of ['un', 'deux', 'trois']) await sync.write(id, [{ kind: 'say', text }]);
    expect(sync.outbox.get().length).to.equal(3);
    await relay.boot();
    sync.retry();
    await until(room.state, ({ rows }) => rows.length === 4);
    await until(sync.outbox, (items) => items.length === 0);
    room.close();
  });

  it('shows what it holds with no relay at all, and how far it was read', async () => {
    const id = await asked();
    const before = sync.openRoom(conversationRoom(id));
    await until(before.state, ({ rows }) => rows.length === 1);
    before.read(0);
    // Written in order: what comes after it is kept only once it is.
    await sync.writeSetting('sound', false);
    sync.dispose();
    await relay.kill();
    sync = await createSync({ relay: relay.url, community: relay.community });
    const room = sync.openRoom(conversationRoom(id));
    const { rows, read } = await until(room.state, ({ status }) => status !== 'loading');
    expect(read.asker).to.equal(0);
    expect(rows[0]?.type).to.equal('entry');
    await relay.boot();
  });

  it('takes the text out of the drafts together with keeping the entry', async () => {
    await sync.writeDraft('new', question.text);
    await sync.ask(question, 'new');
    expect(await sync.readDraft('new')).to.equal('');
  });

  it('rejects what only the relay can do, when there is no link', async () => {
    await relay.kill();
    await until(sync.link, ({ status }) => status !== 'online');
    const acts = [
      sync.removeDevice(sync.me.get().device),
      sync.linkCode('this one'),
      sync.joinByCode('ABCD234567', 'this one'),
    ];
    const outcomes = await Promise.allSettled(acts);
    expect(outcomes.map(({ status }) => status)).to.deep.equal([
      'rejected',
      'rejected',
      'rejected',
    ]);
    await relay.boot();
  });

  it('says that a relay of another community is refused', async () => {
    const other = await startRelay();
    const stranger = await createSync({ relay: relay.url, community: other.community });
    const link = await until(stranger.link, ({ status }) => status === 'refused');
    expect(link).to.deep.equal({ status: 'refused', why: 'wrong-relay' });
    await stranger.erase();
    await other.kill();
  });
});
