import { expect } from '@open-wc/testing';
import { SpaceMode } from '../../../shared/space-mode.ts';
import type { ConversationId } from '../../../shared/ids.ts';
import { conversationRoom } from '../../../shared/protocol/rooms.ts';
import type { PageDevice } from '../../testing/page/page-device.ts';
import { PageRelay } from '../../testing/page/page-relay.ts';
import { until } from '../../signals/readable.ts';
import type { ChatState, ChatStore } from './chat-state.ts';
import { createChatStore } from './chat-store.ts';
import { conversationPart } from './conversation-part.ts';
import { openSpacePart } from './open-space.ts';
import type { ThreadMessage, ThreadState } from '../conversation/thread-state.ts';

const page = { url: 'https://shop.test/bag', title: 'Bag' };

const aSpace = {
  name: {},
  mode: SpaceMode.closed,
  greeting: {},
  intro: {},
  suggestions: [],
  charter: {},
  promise: {},
};

const parts = {
  conversation: () => Promise.resolve(conversationPart),
  openSpace: () => Promise.resolve(openSpacePart),
};

describe('createChatStore', () => {
  const open: ChatStore[] = [];
  let relay: PageRelay;
  let visitor: PageDevice;

  const storeOn = async (device: PageDevice, lang = 'fr'): Promise<ChatStore> => {
    const store = createChatStore(device.sync, {
      relay: 'https://relay.test',
      space: 'shop',
      pageLang: () => lang,
      page: () => page,
      parts,
    });
    open.push(store);
    await until(store.state, (state) => state.status === 'ready');
    return store;
  };
  const texts = (thread: ThreadState | null): string[] =>
    (thread?.items ?? []).flatMap((item) => (item.type === 'message' ? [item.text] : []));
  const message = (state: ChatState, text: string): ThreadMessage | undefined =>
    state.thread?.items.find(
      (item): item is ThreadMessage => item.type === 'message' && item.text === text,
    );
  const asked = async (store: ChatStore, text: string): Promise<ConversationId> => {
    store.show({ type: 'welcome' });
    expect(await store.send(text)).to.equal(true);
    return store.state.get().thread!.id;
  };

  beforeEach(async () => {
    relay = await PageRelay.open();
    visitor = await relay.visitor();
  });
  afterEach(async () => {
    for (const store of open.splice(0)) store.dispose();
    await relay.close();
  });

  it('welcomes with the space in the page’s language, and people here first', async () => {
    const maud = await relay.helper({ name: 'Maud Le Gall', topics: ['bags'] });
    const idris = await relay.helper({ name: 'Idris' });
    await idris.cut();
    const store = await storeOn(visitor, 'en-GB');
    const state = await until(store.state, ({ people }) => people[1]?.presence.type === 'seen');
    expect(state.view).to.deep.equal({ type: 'welcome' });
    expect(state.space.name).to.equal('Demo shop');
    expect(state.network).to.deep.equal({ type: 'online' });
    expect(state.people.map(({ name }) => name)).to.deep.equal(['Maud Le Gall', 'Idris']);
    expect(state.people[0]).to.deep.include({
      member: maud.member,
      role: 'helper',
      initials: 'ML',
    });
    expect(state.people[0]!.presence).to.deep.equal({ type: 'here' });
    expect(state.people[1]!.presence.type).to.equal('seen');
    expect(state.here).to.equal(1);
  });

  it('has built-in words and unknown presence for a device that never met the relay', async () => {
    await relay.helper();
    const store = await storeOn(await relay.visitor({ offline: true }));
    const state = store.state.get();
    expect(state.space.greeting).to.equal('Bonjour');
    expect(state.space.suggestions).to.deep.equal([]);
    expect(state.here).to.equal(null);
    expect(state.network).to.deep.include({ type: 'offline', waiting: 0 });
  });

  it('follows the visitor’s language, and the page’s when there is none', async () => {
    const store = await storeOn(visitor, 'fr');
    await store.setLang('en');
    expect(store.state.get().space.greeting).to.equal('Hello');
    const again = await storeOn(visitor, 'fr');
    expect(again.state.get().lang).to.equal('en');
    await again.setLang(null);
    expect(again.state.get().space.greeting).to.equal('Bonjour');
  });

  it('asks from the welcome view, then shows the thread: kept, received, read', async () => {
    const maud = await relay.helper();
    const store = await storeOn(visitor);
    relay.pause();
    store.setDraft('Does it float? ');
    await store.send('Does it float? ');
    expect(store.state.get().view.type).to.equal('thread');
    expect(store.state.get().draft).to.equal('');
    expect(await visitor.sync.readDraft('new')).to.equal('');
    const { thread } = store.state.get();
    expect(thread).to.deep.include({ status: 'ready', title: 'Does it float?', kept: 1, page });
    expect(message(store.state.get(), 'Does it float?')).to.deep.include({
      mine: true,
      delivery: { type: 'kept' },
      retractable: false,
    });
    relay.resume();
    await until(
      store.state,
      (state) => message(state, 'Does it float?')?.delivery?.type === 'received',
    );
    expect(visitor.sync.outbox.get()).to.deep.equal([]);
    const room = maud.sync.openRoom(conversationRoom(thread!.id));
    await until(room.state, ({ status }) => status === 'synced');
    room.read(0);
    await until(
      store.state,
      (state) => message(state, 'Does it float?')?.delivery?.type === 'read',
    );
  });

  it('asks while offline, and the question leaves by itself', async () => {
    const device = await relay.visitor({ offline: true });
    const store = await storeOn(device);
    await store.send('Are you open?');
    await store.send('I mean tomorrow.');
    expect(texts(store.state.get().thread)).to.deep.equal(['Are you open?', 'I mean tomorrow.']);
    expect(store.state.get().network).to.deep.include({ type: 'offline', waiting: 2 });
    expect(store.state.get().conversations).to.have.length(1);
    await device.restore();
    await until(store.state, ({ thread }) => thread?.kept === 0);
    expect(texts(store.state.get().thread)).to.deep.equal(['Are you open?', 'I mean tomorrow.']);
  });

  it('keeps the draft when the device is full, and says so', async () => {
    const store = await storeOn(visitor);
    store.setDraft('Too much');
    await until(store.state, ({ draft }) => draft === 'Too much');
    visitor.breakStorage();
    expect(await store.send('Too much')).to.equal(false);
    expect(store.state.get()).to.deep.include({ draft: 'Too much', storage: 'full' });
    expect(store.state.get().view.type).to.equal('welcome');
    visitor.mendStorage();
    await store.send('Too much');
    expect(store.state.get().draft).to.equal('');
    expect(texts(store.state.get().thread)).to.deep.equal(['Too much']);
  });

  it('keeps one draft for each view, over reloads', async () => {
    const store = await storeOn(visitor);
    const id = await asked(store, 'First');
    store.setDraft('half an answer');
    store.show({ type: 'welcome' });
    store.setDraft('half a question');
    await store.setSound(true); // written after all of that
    const again = await storeOn(visitor);
    expect(again.state.get().draft).to.equal('half a question');
    again.show({ type: 'thread', id });
    await until(again.state, ({ draft }) => draft === 'half an answer');
  });

  it('puts a suggestion below what was written, in the place of one that was left as it was', async () => {
    const store = await storeOn(visitor);
    await store.suggest('Where is my order?');
    await store.suggest('What fits my drill?');
    expect(store.state.get().draft).to.equal('What fits my drill?');
    store.setDraft('Good evening. ');
    await store.setSound(true); // written after that
    const again = await storeOn(visitor);
    await again.suggest('Where is my order?');
    expect(again.state.get().draft).to.equal('Good evening.\nWhere is my order?');
    await again.suggest('What fits my drill?');
    expect(again.state.get().draft).to.equal('Good evening.\nWhat fits my drill?');
  });

  it('sends nothing for blank or overlong text', async () => {
    const store = await storeOn(visitor);
    await store.send('  \n ');
    await store.send('x'.repeat(4_001));
    expect(visitor.sync.asked.get()).to.deep.equal([]);
  });

  it('asks once on a double press', async () => {
    const store = await storeOn(visitor);
    await Promise.all([store.send('Once?'), store.send('Once?')]);
    expect(visitor.sync.asked.get()).to.have.length(1);
    expect(texts(store.state.get().thread)).to.deep.equal(['Once?']);
  });

  it('counts what is unread, and fixes the line above it while the thread is open', async () => {
    const maud = await relay.helper();
    const store = await storeOn(visitor);
    const id = await asked(store, 'Which size?');
    await relay.idle();
    store.show({ type: 'conversations' });
    await maud.sync.write(id, [{ kind: 'say', text: 'Medium.' }]);
    await maud.sync.write(id, [{ kind: 'say', text: 'Or large.' }]);
    await until(store.state, ({ unread }) => unread === 2);
    expect(store.state.get().latestUnread).to.deep.include({ conversation: id, text: 'Or large.' });
    expect(store.state.get().conversations[0]).to.deep.include({
      last: 'Or large.',
      lastMine: false,
      lastBy: 'Maud Le Gall',
    });

    store.show({ type: 'thread', id });
    expect(store.state.get().unread).to.equal(2);
    store.setVisible(true);
    await until(store.state, ({ unread }) => unread === 0);
    const line = message(store.state.get(), 'Medium.')!.id;
    expect(store.state.get().thread!.unreadFrom).to.equal(line);

    await maud.sync.write(id, [{ kind: 'say', text: 'Both?' }]);
    await until(store.state, (state) => message(state, 'Both?') !== undefined);
    await until(store.state, ({ unread }) => unread === 0);
    expect(store.state.get().thread!.unreadFrom).to.equal(line);

    store.setVisible(false);
    await maud.sync.write(id, [{ kind: 'say', text: 'Still there?' }]);
    await until(store.state, ({ unread }) => unread === 1);
    store.setVisible(true);
    await until(store.state, ({ unread }) => unread === 0);
    const newer = message(store.state.get(), 'Still there?')!.id;
    expect(store.state.get().thread!.unreadFrom).to.equal(newer);
  });

  it('draws that line only where something was read before, and not above what is gone', async () => {
    const maud = await relay.helper();
    const first = await storeOn(visitor);
    const id = await asked(first, 'Which size?');
    await relay.idle();
    const lineOf = (store: ChatStore): string | undefined => {
      const { items = [], unreadFrom } = store.state.get().thread ?? {};
      const item = items.find((one) => one.id === unreadFrom);
      return item?.type === 'message' ? item.text : undefined;
    };
    const seen = async (store: ChatStore, text: string): Promise<void> => {
      store.setVisible(true);
      await until(store.state, (state) => message(state, text) !== undefined);
      await until(store.state, ({ thread }) => thread?.unread === 0);
    };
    const says = (text: string) => maud.sync.write(id, [{ kind: 'say', text }]);

    await says('Medium.');
    await seen(first, 'Medium.');
    await says('Wait.');
    await until(first.state, (state) => message(state, 'Wait.') !== undefined);
    expect(lineOf(first), 'it came while they looked').to.equal(undefined);

    first.setVisible(false);
    const [slip] = await says('Small.');
    await says('Or large.');
    await until(first.state, ({ unread }) => unread === 2);
    await seen(first, 'Or large.');
    expect(lineOf(first)).to.equal('Small.');
    await maud.sync.write(id, [{ kind: 'retract', target: slip!.id }]);
    await until(first.state, (state) => message(state, 'Small.') === undefined);
    expect(lineOf(first), 'the first that is left').to.equal('Or large.');
    await first.send('Which one?');
    await says('Large.');
    await until(first.state, (state) => message(state, 'Large.') !== undefined);
    expect(lineOf(first)).to.equal('Or large.');

    first.setVisible(false);
    const [gone] = await says('Oh');
    await until(first.state, ({ unread }) => unread === 1);
    await maud.sync.write(id, [{ kind: 'retract', target: gone!.id }]);
    await until(first.state, ({ unread }) => unread === 0);
    await seen(first, 'Large.');
    expect(lineOf(first), 'nothing new: it stays where it was').to.equal('Or large.');

    // A page load later all of it was read, and on another of their devices too.
    first.setVisible(false);
    const again = await storeOn(visitor);
    again.show({ type: 'thread', id });
    await seen(again, 'Large.');
    expect(lineOf(again)).to.equal(undefined);
    const laptop = await relay.visitor();
    await laptop.join(visitor);
    const other = await storeOn(laptop);
    other.show({ type: 'thread', id });
    await seen(other, 'Large.');
    expect(lineOf(other)).to.equal(undefined);
    other.setVisible(false);
    again.setVisible(false);
    await says('Bye');
    await until(again.state, ({ unread }) => unread === 1);
    await seen(again, 'Bye');
    expect(lineOf(again)).to.equal('Bye');
    await until(other.state, ({ thread }) => thread?.unread === 0);
    other.setVisible(true);
    expect(lineOf(other), 'read on the other device').to.equal(undefined);
  });

  it('answers one message, and keeps which with the draft', async () => {
    const maud = await relay.helper();
    const store = await storeOn(visitor);
    const id = await asked(store, 'Which size?');
    await relay.idle();
    const [medium] = await maud.sync.write(id, [{ kind: 'say', text: 'Medium. \nOr not.' }]);
    await until(store.state, (state) => message(state, 'Medium. \nOr not.') !== undefined);
    store.setDraft('Are you');
    store.setDraft('Are you', medium!.id);
    store.setDraft('Are you sure?');
    expect(store.state.get()).to.deep.include({ draft: 'Are you sure?', quotes: medium!.id });
    expect(store.state.get().conversations[0]?.title).to.equal('Which size?');

    const later = await storeOn(visitor);
    later.show({ type: 'thread', id });
    await until(later.state, ({ quotes }) => quotes !== '');
    expect(later.state.get()).to.deep.include({ draft: 'Are you sure?', quotes: medium!.id });
    await later.send('Are you sure?');
    expect(later.state.get()).to.deep.include({ draft: '', quotes: '' });
    expect(await visitor.sync.readDraft(id)).to.equal('');
    const quoted = (): unknown => message(later.state.get(), 'Are you sure?')?.quoted;
    expect(quoted()).to.deep.include({ type: 'message', id: medium!.id, mine: false });
    expect(quoted()).to.deep.include({ text: 'Medium.' });
    await relay.idle();
    await maud.sync.write(id, [{ kind: 'retract', target: medium!.id }]);
    await until(later.state, (state) => message(state, 'Medium. \nOr not.') === undefined);
    expect(quoted()).to.deep.equal({ type: 'withdrawn' });

    // Of what is elsewhere nothing shows, and a draft that answers nothing more is as before.
    await asked(later, 'A secret');
    const [question] = (await until(later.state, ({ thread }) => thread?.items.length === 1))
      .thread!.items;
    await maud.sync.write(id, [{ kind: 'say', text: 'Hm', quotes: question!.id as never }]);
    later.show({ type: 'thread', id });
    await until(later.state, (state) => message(state, 'Hm') !== undefined);
    expect(message(later.state.get(), 'Hm')?.quoted).to.deep.equal({ type: 'absent' });
    later.setDraft('', question!.id as never);
    expect(later.state.get().quotes).to.equal(question!.id);
    later.setDraft('', '');
    await later.send('Never mind');
    expect(message(later.state.get(), 'Never mind')?.quoted).to.equal(null);
  });

  it('has news of what comes unseen, not of what was unread before nor of what is seen', async () => {
    const maud = await relay.helper();
    const first = await storeOn(visitor);
    const id = await asked(first, 'Which size?');
    await relay.idle();
    await maud.sync.write(id, [{ kind: 'say', text: 'Medium.' }]);
    await until(first.state, ({ unread }) => unread === 1);
    expect(first.state.get().news?.text).to.equal('Medium.');

    const heard: (string | undefined)[] = [];
    const store = await storeOn(visitor);
    store.state.subscribe(() => heard.push(store.state.get().news?.text));
    await until(store.state, ({ unread }) => unread === 1);
    store.setVisible(true);
    store.show({ type: 'thread', id });
    await until(store.state, ({ unread }) => unread === 0);
    await maud.sync.write(id, [{ kind: 'say', text: 'Or large.' }]);
    await until(store.state, (state) => message(state, 'Or large.') !== undefined);
    await until(store.state, ({ unread }) => unread === 0);
    expect(heard.filter((text) => text !== undefined)).to.deep.equal([]);

    store.setVisible(false);
    await maud.sync.write(id, [{ kind: 'say', text: 'Both?' }]);
    await until(store.state, ({ news }) => news?.text === 'Both?');
  });

  it('shows refused and held messages where they were written, with two ways out', async () => {
    const store = await storeOn(visitor);
    await asked(store, 'One');
    await relay.idle();
    relay.answering = (content) => {
      if (content.kind !== 'say') return null;
      if (content.text === 'Two') return { type: 'refused', code: 'forbidden' };
      return content.text === 'Three' ? { type: 'held' } : null;
    };
    for (const text of ['Two', 'Three', 'Four']) await store.send(text);
    await relay.idle();
    await until(store.state, (state) => message(state, 'Four')?.delivery?.type === 'received');
    const state = store.state.get();
    expect(texts(state.thread)).to.deep.equal(['One', 'Two', 'Three', 'Four']);
    expect(message(state, 'Two')!.delivery).to.deep.equal({ type: 'refused', code: 'forbidden' });
    expect(message(state, 'Three')!.delivery).to.deep.equal({ type: 'held' });

    await store.edit(message(state, 'Two')!.id);
    expect(store.state.get().draft).to.equal('Two');
    expect(texts(store.state.get().thread)).to.deep.equal(['One', 'Three', 'Four']);
  });

  it('takes a refused question back to the welcome view, and lists it no more', async () => {
    const store = await storeOn(visitor);
    relay.answering = () => ({ type: 'refused', code: 'forbidden' });
    await asked(store, 'Buy this');
    await until(store.state, (state) => message(state, 'Buy this')?.delivery?.type === 'refused');
    await store.edit(message(store.state.get(), 'Buy this')!.id);
    const state = store.state.get();
    expect(state).to.deep.include({
      view: { type: 'welcome' },
      draft: 'Buy this',
      conversations: [],
    });
  });

  it('tells when a message that is over a limit is tried again', async () => {
    const store = await storeOn(visitor);
    await asked(store, 'One');
    await relay.idle();
    relay.answering = () => ({ type: 'later', afterMs: 5_000 });
    await store.send('Two');
    await until(store.state, (state) => message(state, 'Two')?.delivery?.type === 'later');
    relay.answering = () => null;
    store.retry();
    await until(store.state, (state) => message(state, 'Two')?.delivery?.type === 'received');
  });

  it('withdraws: dismissed if it never left, retracted if it did', async () => {
    const store = await storeOn(visitor);
    const id = await asked(store, 'One');
    await store.send('Two');
    await relay.idle();
    await until(store.state, (state) => message(state, 'Two')?.delivery?.type === 'received');
    await store.withdraw(message(store.state.get(), 'Two')!.id);
    expect(texts(store.state.get().thread)).to.deep.equal(['One']);
    await relay.idle();
    expect((await relay.view(id)).timeline.map((item) => item.type)).to.deep.equal([
      'message',
      'note',
    ]);

    await visitor.cut();
    await store.send('Three');
    await store.withdraw(message(store.state.get(), 'Three')!.id);
    expect(visitor.sync.outbox.get()).to.deep.equal([]);
    expect(texts(store.state.get().thread)).to.deep.equal(['One']);
  });

  it('shows who types, who has it and who answered; tells own typing every 3 s and its end', async () => {
    const maud = await relay.helper({ name: 'Maud' });
    const store = await storeOn(visitor);
    const id = await asked(store, 'Which size?');
    await relay.idle();
    await maud.sync.write(id, [
      { kind: 'join', grant: maud.grant!.bytes },
      { kind: 'claim' },
      { kind: 'say', text: 'Medium.' },
    ]);
    const followed = maud.sync.openRoom(conversationRoom(id));
    await until(followed.state, ({ status }) => status === 'synced');
    followed.typing(true);
    const { thread } = await until(
      store.state,
      (state) => state.thread?.typing.length === 1 && state.thread.claim !== null,
    );
    expect(thread!.typing[0]!.name).to.equal('Maud');
    expect(thread!.claim).to.deep.include({ mine: false, numbered: true });
    expect(thread!.answerers.map(({ name }) => name)).to.deep.equal(['Maud']);

    for (const text of ['T', 'Th', 'Tha']) store.setDraft(text);
    await store.send('Thanks');
    expect(visitor.typingSent).to.deep.equal([true, false]);
  });

  it('closes and reopens', async () => {
    const store = await storeOn(visitor);
    await asked(store, 'One');
    await store.setClosed(true);
    await until(store.state, (state) => state.thread?.closed === true);
    expect(store.state.get().conversations[0]!.closed).to.equal(true);
    await store.setClosed(false);
    await until(store.state, (state) => state.thread?.closed === false);
  });

  it('follows the 20 newest conversations and lists the others as stored', async () => {
    const store = await storeOn(visitor);
    for (let index = 0; index < 22; index++) await asked(store, `Question ${index}`);
    await relay.idle();
    await until(store.state, ({ conversations }) => conversations.length === 22);
    store.show({ type: 'conversations' });
    const rooms = visitor.openRooms.filter((name) => name.startsWith('conversation/'));
    expect(rooms).to.have.length(20);
    expect(store.state.get().conversations.map(({ title }) => title)).to.include('Question 0');
    const again = await storeOn(await visitor.reopened());
    await until(again.state, ({ conversations }) =>
      conversations.every(({ title }) => title !== ''),
    );
  });

  it('goes back to the view of the last visit', async () => {
    const store = await storeOn(visitor);
    const id = await asked(store, 'One');
    const again = await storeOn(visitor);
    expect(again.state.get().view).to.deep.equal({ type: 'thread', id });
  });

  it('keeps references of what did not change', async () => {
    const store = await storeOn(visitor);
    await asked(store, 'One');
    await relay.idle();
    await until(store.state, (state) => message(state, 'One')?.delivery?.type === 'received');
    const before = store.state.get();
    await store.send('Two');
    const after = store.state.get();
    expect(after).not.to.equal(before);
    expect(after.thread!.items[0]).to.equal(before.thread!.items[0]);
    expect(after.space).to.equal(before.space);
    expect(after.people).to.equal(before.people);
  });

  it('makes one message anew for a send in a conversation of 1,000', async () => {
    const maud = await relay.helper();
    const store = await storeOn(visitor);
    const id = await asked(store, 'One');
    await relay.idle();
    store.show({ type: 'conversations' });
    const said = (index: number) => ({ kind: 'say', text: `Answer ${index}` }) as const;
    await maud.sync.write(
      id,
      Array.from({ length: 1_000 }, (_, index) => said(index)),
    );
    await relay.idle();
    store.show({ type: 'thread', id });
    store.setVisible(true);
    await until(store.state, ({ thread }) => thread?.items.length === 1_001);
    await visitor.cut();
    const before = new Set(store.state.get().thread?.items);
    const start = performance.now();
    await store.send('Mine');
    const { thread } = await until(store.state, (state) => state.thread?.items.length === 1_002);
    console.info(`send in a thread of 1,000: ${(performance.now() - start).toFixed(1)} ms`);
    expect(thread?.items.filter((item) => !before.has(item))).to.have.length(1);
  }).timeout(60_000);

  it('erases, and is quiet after it', async () => {
    const store = await storeOn(visitor);
    await asked(store, 'One');
    let changes = 0;
    store.state.subscribe(() => changes++);
    await store.erase();
    expect(await visitor.isErased()).to.equal(true);
    expect(visitor.openRooms).to.deep.equal([]);
    expect(changes).to.equal(0);
    store.dispose();
  });

  it('lists what was asked on another device, however much that is', async () => {
    const first = await storeOn(visitor);
    for (let number = 1; number <= 35; number++) await asked(first, `Question ${number}`);
    await relay.idle();
    const phone = await relay.visitor();
    await phone.join(visitor);
    const second = await storeOn(phone);
    await until(second.state, ({ conversations }) =>
      conversations.every(({ title }) => title !== ''),
    );
    expect(second.state.get().conversations).to.have.length(35);
    expect(phone.openRooms.filter((name) => name.startsWith('conversation/'))).to.have.length(20);
    second.show({ type: 'thread', id: second.state.get().conversations[0]!.id });
    const { thread } = await until(second.state, (state) => state.thread?.status === 'ready');
    expect(thread?.items[0]).to.include({ mine: true });
  });

  it('tells helpers only what the space lets through of what the page tells', async () => {
    const store = await storeOn(visitor);
    await store.identify(null, { segment: 'fidèle', secret: 'xyzzy' });
    expect(visitor.attributes).to.deep.equal({});
    relay.setSpace({ ...aSpace, attributes: ['segment', 'basket'] });
    await until(store.state, ({ attributes }) => 'segment' in attributes);
    expect(store.state.get().attributes).to.deep.equal({ segment: 'fidèle' });
    expect(visitor.attributes).to.deep.equal({ segment: 'fidèle' });
    await store.identify(null, { segment: 'nouvelle' });
    expect(visitor.attributes).to.deep.equal({ segment: 'nouvelle' });
    relay.setSpace(aSpace);
    await until(store.state, ({ attributes }) => !('segment' in attributes));
    expect(visitor.attributes).to.deep.equal({});
  });

  it('takes answers from any visitor in an open space', async () => {
    relay.setSpace({
      name: { en: 'Open' },
      mode: SpaceMode.open,
      greeting: {},
      intro: {},
      suggestions: [],
      charter: {},
      promise: {},
    });
    const store = await storeOn(visitor, 'en');
    await until(store.state, ({ space }) => space.name === 'Open');
    expect(store.state.get().space.greeting).to.equal('Hello');
  });
});
