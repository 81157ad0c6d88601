/** Decisions, reports and what hides, as stores show them, against the shipped relay. */
import { expect } from '@open-wc/testing';
import { contentOf } from '../../../shared/entry/entry.ts';
import { ReportReason } from '../../../shared/entry/report-reason.ts';
import { Role } from '../../../shared/grant/roles.ts';
import type { ConversationId, EntryId } from '../../../shared/ids.ts';
import { until } from '../../signals/readable.ts';
import type { PageDevice } from '../../testing/page/page-device.ts';
import { PageRelay } from '../../testing/page/page-relay.ts';
import { createChatStore } from '../chat/chat-store.ts';
import type { ChatState, ChatStore } from '../chat/chat-state.ts';
import { conversationPart } from '../chat/conversation-part.ts';
import { openSpacePart } from '../chat/open-space.ts';
import type { ThreadItem, ThreadMessage } from '../conversation/thread-state.ts';
import { createDeskStore } from '../desk/desk-store.ts';
import type { DeskState, DeskStore } from '../desk/desk-state.ts';

describe('moderation on a device', () => {
  const open: (ChatStore | DeskStore)[] = [];
  let relay: PageRelay;

  const chatOn = async (device: PageDevice): Promise<ChatStore> => {
    const store = createChatStore(device.sync, {
      relay: relay.url,
      space: relay.space,
      pageLang: () => 'fr',
      page: () => ({ url: 'https://shop.test/', title: 'Shop' }),
      parts: {
        conversation: async () => conversationPart,
        openSpace: async () => openSpacePart,
      },
    });
    open.push(store);
    await until(store.state, ({ status }) => status === 'ready');
    return store;
  };
  const deskOn = async (device: PageDevice, id: ConversationId): Promise<DeskStore> => {
    const store = createDeskStore(device.sync, { relay: relay.url, pageLang: () => 'fr' });
    open.push(store);
    await until(store.state, ({ access }) => access.status === 'inside');
    store.select(id);
    return store;
  };
  const asked = async (store: ChatStore, text: string): Promise<ConversationId> => {
    await store.send(text);
    return store.state.get().thread!.id;
  };
  const items = (state: ChatState | DeskState): readonly ThreadItem[] => state.thread?.items ?? [];
  const message = (state: ChatState | DeskState, text: string): ThreadMessage | undefined =>
    items(state).find(
      (item): item is ThreadMessage => item.type === 'message' && item.text === text,
    );
  const shows = (store: ChatStore | DeskStore, text: string): Promise<ChatState | DeskState> =>
    until<ChatState | DeskState>(store.state, (state) => {
      const found = message(state, text);
      return found !== undefined && (!found.mine || found.delivery?.type === 'received');
    });

  beforeEach(async () => {
    relay = await PageRelay.open();
  });
  afterEach(async () => {
    for (const store of open.splice(0)) store.dispose();
    await relay.close();
  });

  it('shows under a refused text why, by which rule, and the one appeal', async () => {
    const visitor = await relay.visitor();
    const store = await chatOn(visitor);
    const id = await asked(store, 'Bonjour');
    await shows(store, 'Bonjour');
    relay.answering = (content) =>
      content.kind === 'say' ? { type: 'refused', code: 'moderated' } : null;
    await store.send('Vendez-le sur mon site');
    const state = await until(
      store.state,
      (state) => message(state, 'Vendez-le sur mon site')?.delivery?.type === 'refused',
    );
    const refused = message(state, 'Vendez-le sur mon site')!;
    await relay.decide({
      id: refused.id as EntryId,
      conversation: id,
      space: relay.space,
      member: visitor.member,
      what: 'refused',
      code: 'foreign-link',
      reason: 'Pas de liens',
      by: 'machine',
    });
    const told = await until(
      store.state,
      (state) => message(state, 'Vendez-le sur mon site')?.decision !== undefined,
    );
    const { decision } = message(told, 'Vendez-le sur mon site')!;
    expect(decision).to.deep.include({ what: 'refused', code: 'foreign-link', appeal: 'open' });
    expect(told.notices, 'told where the text stands').to.deep.equal([]);
    expect(told.unread, 'and counted like a message').to.equal(1);
    store.moderation!.seen(decision!.references);
    await store.moderation!.appeal(decision!.reference, 'C’est la marque');
    await until(
      store.state,
      (state) =>
        message(state, 'Vendez-le sur mon site')?.decision?.appeal === 'received' &&
        state.unread === 0,
    );
    await store.withdraw(refused.id);
    const gone = await until(store.state, (state) => !message(state, 'Vendez-le sur mon site'));
    expect(gone.notices, 'and not once more when it is taken away').to.deep.equal([]);
  });

  it('tells at the top of the list what shows nowhere, until it is sent away', async () => {
    const visitor = await relay.visitor();
    const store = await chatOn(visitor);
    await asked(store, 'Bonjour');
    await shows(store, 'Bonjour');
    const about = { id: null, conversation: null, space: null, member: visitor.member } as const;
    await relay.decide({ ...about, what: 'blocked', code: 'insult', by: 'command-line' });
    const { notices } = await until(store.state, (state) => state.notices.length === 1);
    expect(notices[0]).to.deep.include({ what: 'blocked', automatic: false, appeal: 'open' });
    store.moderation!.seen(notices[0]!.references, true);
    const seen = await until(store.state, (state) => state.notices[0]?.seen === true);
    expect(seen.notices, 'it stays where it is being read').to.have.length(1);
    store.moderation!.dismiss(notices[0]!.reference);
    await until(store.state, (state) => state.notices.length === 0);
  });

  it('tells a helper of a hiding where their text stood while they look there, else in the list', async () => {
    const visitor = await relay.visitor();
    const maud = await relay.helper({ name: 'Maud' });
    const store = await chatOn(visitor);
    const id = await asked(store, 'Bonjour');
    await shows(store, 'Bonjour');
    const desk = await deskOn(maud, id);
    await shows(desk, 'Bonjour');
    await desk.send('Lisez donc la notice');
    await shows(desk, 'Lisez donc la notice');
    const target = message(desk.state.get(), 'Lisez donc la notice')!.id as EntryId;
    const idris = await relay.helper({ name: 'Idris', role: Role.guardian });
    const guardian = await deskOn(idris, id);
    await shows(guardian, 'Lisez donc la notice');
    await guardian.report({ target, reason: ReportReason.insult, text: '' });
    await until<DeskState>(desk.state, (now) => items(now).at(-1)?.type === 'hidden');
    const about = { id: target, conversation: id, space: relay.space, member: maud.member };
    await relay.decide({ ...about, what: 'hidden', code: 'guardian', by: 'command-line' });
    const told = await until<DeskState>(desk.state, (now) => {
      const last = items(now).at(-1);
      return last?.type === 'hidden' && last.decision !== undefined;
    });
    expect(told.notices, 'not twice at a time').to.deep.equal([]);
    desk.select(null);
    const { notices } = await until(desk.state, (now) => now.notices.length === 1);
    desk.select(id);
    await until<DeskState>(desk.state, (now) => now.notices.length === 0);
    desk.moderation.seen(notices[0]!.references);
    await until<DeskState>(desk.state, (now) => {
      const last = items(now).at(-1);
      return last?.type === 'hidden' && last.decision?.seen === true;
    });
    desk.select(null);
    const after = await until(desk.state, ({ thread }) => thread === null);
    expect(after.notices, 'nor once more: it was read').to.deep.equal([]);
  });

  it('reports what others wrote, without a network too, gives a receipt, and takes it back', async () => {
    const visitor = await relay.visitor();
    const maud = await relay.helper();
    const store = await chatOn(visitor);
    const id = await asked(store, 'Bonjour');
    await shows(store, 'Bonjour');
    const desk = await deskOn(maud, id);
    await shows(desk, 'Bonjour');
    await desk.send('Allez voir ailleurs');
    const state = await shows(store, 'Allez voir ailleurs');
    const said = message(state, 'Allez voir ailleurs')!;
    expect([said.reportable, message(state, 'Bonjour')?.reportable]).to.deep.equal([true, false]);
    const target = said.id as EntryId;
    const reportIs = (what: string | undefined): Promise<ChatState> =>
      until(store.state, ({ thread }) => thread?.reporting?.reports[target]?.state === what);

    await visitor.cut();
    const report = { target, reason: ReportReason.insult, text: 'Pas aimable' };
    await store.report(report);
    const kept = await reportIs('kept');
    expect(kept.thread?.reporting?.reports[target]?.undoable).to.equal(true);
    expect(message(kept, 'Allez voir ailleurs')?.text, 'it hides nothing').to.equal(said.text);
    await store.moderation!.takeBack(target);
    await reportIs(undefined);
    expect(visitor.pending(id)).to.deep.equal([]);

    await store.report(report);
    await store.report(report);
    expect(visitor.pending(id), 'once').to.deep.equal([{ kind: 'report', ...report }]);
    await visitor.restore();
    await reportIs('taken');
    store.dispose();
    const again = await chatOn(await visitor.reopened());
    again.show({ type: 'thread', id });
    await until(again.state, ({ thread }) => thread?.reporting?.reports[target]?.state === 'taken');
  });

  it('hides at once what a guardian reports, without a network, and shows it again when that is undone', async () => {
    const visitor = await relay.visitor();
    const maud = await relay.helper({ name: 'Maud' });
    const idris = await relay.helper({ name: 'Idris', role: Role.guardian });
    const store = await chatOn(visitor);
    const id = await asked(store, 'Bonjour');
    await shows(store, 'Bonjour');
    const helper = await deskOn(maud, id);
    await shows(helper, 'Bonjour');
    await helper.send('Lisez donc la notice');
    await shows(store, 'Lisez donc la notice');
    const guardian = await deskOn(idris, id);
    const state = await shows(guardian, 'Lisez donc la notice');
    const target = message(state, 'Lisez donc la notice')!.id as EntryId;
    expect(state.thread?.reporting?.hides).to.equal(true);
    expect(store.state.get().thread?.reporting?.hides).to.equal(false);

    await idris.cut();
    await guardian.report({ target, reason: ReportReason.insult, text: '' });
    const hidden = items(guardian.state.get());
    expect(hidden.at(-1)).to.deep.equal({ type: 'hidden', id: target, here: true, undoable: true });
    expect(JSON.stringify(hidden)).to.not.contain('Lisez donc la notice');
    await guardian.moderation.takeBack(target);
    await until<DeskState>(
      guardian.state,
      (now) => message(now, 'Lisez donc la notice') !== undefined,
    );

    await guardian.report({ target, reason: ReportReason.insult, text: '' });
    const [item] = idris.sync.outbox.get();
    expect(contentOf(item!.entry)).to.deep.include({ kind: 'report', target });
    await idris.restore();
    await until(idris.sync.outbox, (outbox) => outbox.length === 0);
    expect(
      message(guardian.state.get(), 'Lisez donc la notice'),
      'nor for a moment in between',
    ).to.equal(undefined);
  });
});
