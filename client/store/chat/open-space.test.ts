import { expect } from '@open-wc/testing';
import { SpaceMode } from '../../../shared/space-mode.ts';
import type { ConversationId } from '../../../shared/ids.ts';
import type { PageDevice } from '../../testing/page/page-device.ts';
import { PageRelay } from '../../testing/page/page-relay.ts';
import { turnClock } from '../../testing/page/turn-clock.ts';
import { until } from '../../signals/readable.ts';
import { createChatStore } from './chat-store.ts';
import type { ChatStore } from './chat-state.ts';
import { conversationPart } from './conversation-part.ts';
import { openSpacePart } from './open-space.ts';
import type { ThreadMessage } from '../conversation/thread-state.ts';

const HOUR = 3_600_000;

const parts = {
  conversation: () => Promise.resolve(conversationPart),
  openSpace: () => Promise.resolve(openSpacePart),
};

describe('an open space, for those who are there', () => {
  const open: ChatStore[] = [];
  let relay: PageRelay;
  let asker: PageDevice;
  let passer: PageDevice;

  beforeEach(async () => {
    relay = await PageRelay.open();
    await relay.setSpace({ mode: SpaceMode.open });
    asker = await relay.visitor();
    passer = await relay.visitor();
  });
  afterEach(async () => {
    for (const store of open.splice(0)) store.dispose();
    await relay.close();
  });

  async function storeOn(device: PageDevice): Promise<ChatStore> {
    const store = createChatStore(device.sync, {
      relay: '',
      space: 'shop',
      pageLang: () => 'en',
      page: () => ({ url: 'https://shop.example/', title: 'Shop' }),
      parts,
    });
    open.push(store);
    await until(
      store.state,
      ({ status, network }) => status === 'ready' && network.type !== 'connecting',
    );
    return store;
  }
  const ask = (text: string): Promise<ConversationId> =>
    asker.sync.ask({ space: relay.space, text, page: { url: '', title: '' }, lang: 'en' });
  const listed = (store: ChatStore): string[] =>
    store.state.get().open?.questions.map(({ text }) => text) ?? [];
  const said = (store: ChatStore): ThreadMessage[] =>
    store.state.get().thread?.items.filter((item) => item.type === 'message') ?? [];

  it('lists questions of others, those without an answer first, then the newest', async () => {
    const maud = await relay.helper();
    for (const text of ['Oldest', 'Answered', 'Newest']) {
      turnClock(1_000);
      const id = await ask(text);
      await relay.idle();
      if (text === 'Answered') await maud.sync.write(id, [{ kind: 'say', text: 'Yes.' }]);
    }
    const own = await storeOn(asker);
    const store = await storeOn(passer);
    await until(store.state, () => listed(store).length === 3);
    expect(listed(store)).to.deep.equal(['Newest', 'Oldest', 'Answered']);
    expect(store.state.get().space.open).to.equal(true);
    expect(listed(own)).to.deep.equal([]);
    expect(own.state.get().open?.invitation).to.equal(null);
  });

  it('knows of none in a closed space', async () => {
    await relay.setSpace({ mode: SpaceMode.closed });
    await ask('For the desk');
    await relay.idle();
    const store = await storeOn(passer);
    expect(store.state.get().open).to.equal(null);
    expect(store.state.get().space.open).to.equal(false);
  });

  it('lets a visitor answer, and makes it one of their conversations with its unread', async () => {
    const id = await ask('Does it rust?');
    await relay.idle();
    const store = await storeOn(passer);
    store.show({ type: 'thread', id });
    await until(store.state, ({ thread }) => thread?.items.length === 1);
    expect(store.state.get().thread).to.deep.include({ public: true, guest: true, unread: 1 });
    expect(store.state.get().conversations).to.deep.equal([]);
    await store.send('Never.');
    await until(store.state, () => said(store).at(-1)?.delivery?.type === 'received');
    expect(store.state.get().conversations).to.have.length(1);
    expect(store.state.get().conversations[0]).to.deep.include({
      title: 'Does it rust?',
      waiting: false,
    });

    const own = await storeOn(asker);
    own.show({ type: 'thread', id });
    await until(own.state, () => said(own).length === 2);
    const answer = said(own)[1]!;
    expect(answer.from).to.deep.include({ role: 'visitor', name: '' });
    expect(own.state.get().conversations[0]?.waiting).to.equal(false);

    store.show({ type: 'welcome' });
    await asker.sync.write(id, [{ kind: 'say', text: 'Thanks!' }]);
    await until(store.state, ({ latestUnread }) => latestUnread?.text === 'Thanks!');
    const again = await storeOn(passer);
    await until(again.state, ({ conversations }) => conversations[0]?.last === 'Thanks!');
  });

  it('keeps the asker’s reading from a passer-by, and a passer-by’s from the asker', async () => {
    const id = await ask('Does it rust?');
    await relay.idle();
    const own = await storeOn(asker);
    own.show({ type: 'thread', id });
    const store = await storeOn(passer);
    store.show({ type: 'thread', id });
    await until(store.state, ({ thread }) => thread?.items.length === 1);
    store.setVisible(true);
    await until(store.state, ({ thread }) => thread?.unread === 0);
    expect(store.state.get().thread?.unreadFrom).to.equal(null);
    expect(said(own)[0]?.delivery).to.deep.equal({ type: 'received' });
  });

  it('shuts to passers-by when the space is closed; what they hold stays', async () => {
    const id = await ask('Does it rust?');
    await relay.idle();
    const store = await storeOn(passer);
    store.show({ type: 'thread', id });
    await until(store.state, ({ thread }) => thread?.items.length === 1);
    store.setDraft('Nev');
    await relay.setSpace({ mode: SpaceMode.closed });
    await until(store.state, ({ thread }) => thread?.public === false);
    const { thread, draft } = store.state.get();
    expect(store.state.get().open).to.equal(null);
    expect(thread).to.deep.include({ guest: true, status: 'ready' });
    expect(draft).to.equal('Nev');
  });

  it('invites to the newest question that waits, once a visit', async () => {
    const store = await storeOn(passer);
    await ask('First');
    await relay.idle();
    await until(store.state, (state) => state.open?.invitation?.text === 'First');
    await ask('Second');
    await relay.idle();
    await until(store.state, () => listed(store).length === 2);
    expect(store.state.get().open?.invitation?.text).to.equal('First');
    store.dismissInvitation();
    await until(store.state, (state) => state.open?.invitation === null);
    await ask('Third');
    await relay.idle();
    await until(store.state, () => listed(store).length === 3);
    const again = await storeOn(passer);
    await until(again.state, () => listed(again).length === 3);
    await passer.sync.readSetting('invited');
    expect(again.state.get().open?.invitation).to.equal(null);
    expect(store.state.get().open?.invitation).to.equal(null);
  });

  it('invites again in the next visit, 30 minutes after the page was last there', async () => {
    await ask('First');
    await relay.idle();
    await passer.sync.writeSetting('invited', Date.now() - HOUR);
    const store = await storeOn(passer);
    await until(store.state, (state) => state.open?.invitation?.text === 'First');
    expect(Number(await passer.sync.readSetting('invited'))).to.be.greaterThan(Date.now() - 60_000);
  });

  it('takes the invitation away when it is followed, and when somebody else has answered', async () => {
    const maud = await relay.helper();
    const first = await ask('First');
    await relay.idle();
    const store = await storeOn(passer);
    await until(store.state, (state) => state.open?.invitation !== null);
    store.show({ type: 'thread', id: first });
    await until(store.state, (state) => state.open?.invitation === null);

    const other = await storeOn(await relay.visitor());
    await until(other.state, (state) => state.open?.invitation?.text === 'First');
    await maud.sync.write(first, [{ kind: 'say', text: 'Yes.' }]);
    await until(other.state, (state) => state.open?.invitation === null);
  });

  it('does not invite while the device is cut off', async () => {
    await ask('First');
    await relay.idle();
    const store = await storeOn(passer);
    store.dismissInvitation();
    await passer.sync.writeSetting('invited', 0);
    await passer.cut();
    const cut = await storeOn(await passer.reopened());
    await until(cut.state, () => listed(cut).length === 1);
    expect(cut.state.get().open?.invitation).to.equal(null);
  });
});
