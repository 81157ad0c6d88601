import { expect } from '@open-wc/testing';
import { Role } from '../../../shared/grant/roles.ts';
import { type ConversationId, type EntryId, parseSpaceId } from '../../../shared/ids.ts';
import { conversationRoom } from '../../../shared/protocol/rooms.ts';
import type { PageDevice } from '../../testing/page/page-device.ts';
import { PageRelay } from '../../testing/page/page-relay.ts';
import { turnClock } from '../../testing/page/turn-clock.ts';
import { until } from '../../signals/readable.ts';
import { type InvitationApi, createInvitationApi } from './entrance/invitation-api.ts';
import type { AskSummary, DeskState, DeskStore } from './desk-state.ts';
import { hueOf } from '../../../shared/identity.ts';
import { visitorName } from '../../../shared/text/visitor-name.ts';
import { createDeskStore } from './desk-store.ts';

const HOUR = 3_600_000;

describe('createDeskStore', () => {
  const open: DeskStore[] = [];
  let relay: PageRelay;
  let maud: PageDevice;
  let visitor: PageDevice;

  const storeOn = async (device: PageDevice, api?: InvitationApi): Promise<DeskStore> => {
    const options = { relay: '', pageLang: () => 'en', ...(api && { api }) };
    const store = createDeskStore(device.sync, options);
    open.push(store);
    await until(store.state, ({ access }) => access.status !== 'loading');
    return store;
  };
  const ask = async (text: string, device = visitor): Promise<ConversationId> => {
    const page = { url: 'https://shop.test/bag', title: 'Bag' };
    const id = await device.sync.ask({ space: relay.space, text, page, lang: 'en' });
    await relay.idle();
    return id;
  };
  const texts = (asks: readonly AskSummary[]): string[] => asks.map(({ text }) => text);
  const said = (state: DeskState): string[] =>
    (state.thread?.items ?? []).flatMap((item) =>
      item.type === 'message' ? [item.text] : item.type === 'note' ? [item.note] : [],
    );
  const kinds = (id: ConversationId, device: PageDevice): string[] =>
    device.pending(id).map(({ kind }) => kind);

  beforeEach(async () => {
    relay = await PageRelay.open();
    maud = await relay.helper({ name: 'Maud' });
    visitor = await relay.visitor();
  });
  afterEach(async () => {
    for (const store of open.splice(0)) store.dispose();
    await relay.close();
  });

  describe('coming in', () => {
    it('is outside without a grant, and comes in by an invitation', async () => {
      const invitations = createInvitationApi(relay.url);
      const code = await relay.invite(Role.expert);
      const device = await relay.visitor();
      const store = await storeOn(device, invitations);
      expect(store.state.get().access).to.deep.equal({ status: 'outside', ended: false });
      await store.present(code);
      const { access } = store.state.get();
      expect(access).to.deep.include({ status: 'invited', problem: null, busy: false });
      expect(access.status === 'invited' && access.invitation?.role).to.equal('expert');
      await store.redeem('  Solène ');
      const state = await until(store.state, ({ me }) => me?.presence.type === 'here');
      expect(state.access).to.deep.include({ status: 'inside', expired: false });
      expect(state.me).to.deep.include({ name: 'Solène', role: 'expert' });
      expect(state.welcome, 'the first steps of somebody new').to.equal(0);
      const again = await storeOn(await device.reopened(), invitations);
      expect(again.state.get().welcome).to.equal(0);
      await again.setWelcome(null);
      expect(again.state.get().welcome).to.equal(null);
      await store.present(code);
      expect(store.state.get().access.status).to.equal('inside');
    });

    it('learns who invites, and to which place', async () => {
      const manager = await relay.helper({ name: 'Solène', role: Role.manager });
      const by = manager.sync.me.get().member;
      const code = await relay.invite(Role.helper, { by });
      const store = await storeOn(await relay.visitor(), createInvitationApi(relay.url));
      await store.present(code);
      const { access } = store.state.get();
      const invitation = access.status === 'invited' ? access.invitation : null;
      expect(invitation).to.deep.include({ by: 'Solène', name: '' });
      expect(invitation?.places[0]).to.deep.include({ en: 'Demo shop' });
    });

    it('says why an invitation does not open', async () => {
      const invitations = createInvitationApi(relay.url);
      const store = await storeOn(await relay.visitor(), invitations);
      const problem = async (code: string): Promise<unknown> => {
        await store.present(code);
        const { access } = store.state.get();
        return access.status === 'invited' ? access.problem : access.status;
      };
      expect(await problem('nonsense')).to.equal('unknown');
      const used = await relay.invite();
      const other = await storeOn(await relay.visitor(), invitations);
      await other.present(used);
      await other.redeem('Idris');
      expect(await problem(used)).to.equal('used');
      const late = await relay.invite();
      turnClock(8 * 24 * HOUR);
      expect(await problem(late)).to.equal('expired');
      const unanswered = await relay.invite();
      relay.isReachable = false;
      expect(await problem(unanswered)).to.equal('away');
    });

    it('lets go of everybody’s conversations when the place at the desk ends, until it is back', async () => {
      const id = await ask('A question');
      const store = await storeOn(maud);
      store.select(id);
      await until(store.state, ({ thread }) => thread?.status === 'ready');
      await relay.setRole(maud.member, Role.visitor);
      const state = await until(store.state, ({ access }) => access.status === 'outside');
      expect(state.access).to.deep.equal({ status: 'outside', ended: true });
      expect([state.waiting, state.thread, state.selected]).to.deep.equal([[], null, null]);
      expect(maud.openRooms).to.deep.equal([]);
      await relay.setRole(maud.member, Role.helper);
      await until(store.state, ({ waiting }) => waiting.length === 1);
    });

    it('goes where a manager moves the helper, and is there again the next time', async () => {
      const atelier = parseSpaceId('atelier');
      await relay.setSpace({ id: atelier });
      await ask('In the shop');
      const laptop = await relay.visitor();
      const store = await storeOn(laptop, createInvitationApi(relay.url));
      await store.present(await relay.invite());
      await store.redeem('Idris');
      await until(store.state, ({ waiting }) => texts(waiting)[0] === 'In the shop');
      await relay.setRole(laptop.sync.me.get().member, Role.helper, [atelier]);
      const page = { url: '', title: '' };
      await visitor.sync.ask({ space: atelier, text: 'In the workshop', page, lang: 'en' });
      await until(store.state, ({ waiting }) => texts(waiting)[0] === 'In the workshop');
      const again = await storeOn(laptop);
      await until(again.state, ({ waiting }) => texts(waiting)[0] === 'In the workshop');
    });

    it('opens on another device the space that the first one tells, when the grant names none', async () => {
      await ask('A question');
      const laptop = await relay.visitor();
      const first = await storeOn(laptop, createInvitationApi(relay.url));
      await first.present(await relay.invite(Role.helper, { spaces: [] }));
      await first.redeem('Solène');
      const phone = await relay.visitor();
      await phone.join(laptop);
      const store = await storeOn(phone);
      await until(store.state, ({ waiting }) => waiting.length === 1);
    });

    it('tells when the grant ran out', async () => {
      const late = await relay.helper({ name: 'Late' });
      await late.cut();
      turnClock(13 * HOUR);
      const store = await storeOn(late);
      expect(store.state.get().access).to.deep.include({ status: 'inside', expired: true });
    });
  });

  describe('the inbox', () => {
    it('lists who waits, oldest first, with tones as time goes', async () => {
      await ask('Late');
      turnClock(20_000);
      await ask('Soon');
      turnClock(30_000);
      await ask('Fresh');
      const store = await storeOn(maud);
      const state = await until(store.state, ({ waiting }) => waiting.length === 3);
      expect(texts(state.waiting)).to.deep.equal(['Late', 'Soon', 'Fresh']);
      expect(state.waiting.map(({ wait }) => wait?.tone)).to.deep.equal(['late', 'soon', 'fresh']);
      expect(state.waiting[0]).to.deep.include({ unread: true, claim: null, closed: false });
      turnClock(46_000);
      await until(store.state, ({ waiting }) => waiting[2]?.wait?.tone === 'late');
    });

    it('claims and opens, with the grant that proves it, three at once', async () => {
      const store = await storeOn(maud);
      const ids: ConversationId[] = [];
      for (const text of ['One', 'Two', 'Three', 'Four']) ids.push(await ask(text));
      await until(store.state, ({ waiting }) => waiting.length === 4);
      await store.claim(ids[0]!);
      const state = await until(store.state, ({ mine }) => mine[0]?.claim?.numbered === true);
      expect(state).to.deep.include({ selected: ids[0], canClaim: true });
      expect(state.thread!.claim).to.deep.include({ mine: true, numbered: true });
      expect(said(state)).to.deep.equal(['One', 'claimed']);
      await store.claim(ids[1]!);
      await store.claim(ids[2]!);
      await until(store.state, ({ mine }) => mine.length === 3);
      expect(store.state.get().canClaim).to.equal(false);
      expect(await store.claim(ids[3]!)).to.equal(false);
      expect(texts(store.state.get().waiting)).to.deep.equal(['Four']);
      await store.release(ids[0]!);
      await until(store.state, ({ waiting }) => waiting.length === 2);
      await store.setClosed(ids[1]!, true);
      await until(store.state, ({ closed }) => texts(closed)[0] === 'Two');
      expect(store.state.get().canClaim).to.equal(true);
    });

    it('knows again what it had, once that waits anew', async () => {
      const id = await ask('One');
      const store = await storeOn(maud);
      await until(store.state, ({ waiting }) => waiting.length === 1);
      expect(store.state.get().had).to.deep.equal([]);
      await store.claim(id);
      await until(store.state, ({ had }) => had[0] === id);
      await store.setClosed(id, true);
      await until(store.state, ({ closed }) => closed.length === 1);
      await visitor.sync.write(id, [{ kind: 'say', text: 'One more thing' }]);
      await until(store.state, ({ waiting }) => waiting.length === 1);
      const again = await storeOn(await maud.reopened());
      await until(again.state, ({ waiting }) => waiting.length === 1);
      expect(again.state.get().had).to.deep.equal([id]);
    });

    it('tells people without a name apart, in the helper’s language', async () => {
      const [first, second] = [await relay.visitor(), await relay.visitor()];
      await ask('One', first);
      await ask('Two', second);
      const store = await storeOn(maud);
      const { waiting } = await until(store.state, (state) => state.waiting.length === 2);
      const names = waiting.map(({ asker }) => asker.name);
      expect(new Set(names)).to.have.length(2);
      const { member } = first.sync.me.get();
      expect(names[0]).to.equal(visitorName(member, 'en'));
      expect(waiting[0]!.asker).to.deep.include({ hue: hueOf(member), initials: '' });
      store.select(waiting[0]!.id);
      await until(store.state, ({ thread }) => thread?.asker?.name === names[0]);
      await store.setLang('fr');
      expect(store.state.get().waiting[0]!.asker.name).to.equal(visitorName(member, 'fr'));
    });

    it('finds what was said in the conversations that this device holds, with no network', async () => {
      const [one, two] = [await ask('One'), await ask('Two', await relay.visitor())];
      const store = await storeOn(maud);
      store.select(one);
      await until(store.state, ({ thread }) => thread?.status === 'ready');
      await store.send('Une cheville Molly suffit.');
      await until(store.state, ({ keptConversations }) => keptConversations === 2);
      await relay.idle();
      await maud.cut();
      store.search('molly CHEVILLE');
      await until(store.state, ({ search }) => search.inside.size > 0);
      expect([...store.state.get().search.inside]).to.deep.equal([one]);
      store.search('two');
      await until(store.state, ({ search }) => search.inside.has(two));
      store.search('');
      expect(store.state.get().search).to.deep.equal({ text: '', inside: new Set() });
    });

    it('takes no fourth by an answer either, nor for somebody who is offline', async () => {
      const store = await storeOn(maud);
      const ids: ConversationId[] = [];
      for (const text of ['One', 'Two', 'Three', 'Four']) ids.push(await ask(text));
      await until(store.state, ({ waiting }) => waiting.length === 4);
      await until(store.state, ({ keptConversations }) => keptConversations === 4);
      await maud.cut();
      const took: boolean[] = [];
      for (const id of ids) {
        store.select(id);
        took.push(await store.send('An answer'));
      }
      expect(took).to.deep.equal([true, true, true, false]);
      expect(store.state.get().mine).to.have.length(3);
      expect(texts(store.state.get().others)).to.deep.equal(['Four']);
      store.select(ids[0]!);
      expect(await store.send('More, in what is mine')).to.equal(true);
    });

    it('does not act twice on a double click', async () => {
      const store = await storeOn(maud);
      const id = await ask('One');
      await until(store.state, ({ waiting }) => waiting.length === 1);
      relay.pause();
      await Promise.all([store.claim(id), store.claim(id)]);
      expect(kinds(id, maud)).to.deep.equal(['join', 'claim']);
      relay.resume();
    });

    it('goes on acting when a conversation is left before it was read', async () => {
      const idris = await relay.helper({ name: 'Idris' });
      const [one, two] = [await ask('One'), await ask('Two')];
      await idris.sync.write(one, [{ kind: 'claim' }]);
      const store = await storeOn(maud);
      // Brought to this device, and let go of: nobody else has it open.
      await until(store.state, ({ keptConversations }) => keptConversations === 2);
      expect(maud.openRooms).not.to.include(conversationRoom(one));
      store.select(one);
      const said = store.send('Me too');
      store.select(two);
      await said;
      expect(await store.claim(two)).to.equal(true);
      await until(store.state, ({ mine }) => mine.length === 1);
    });

    it('shows what others have, and the asker’s earlier questions', async () => {
      const idris = await relay.helper({ name: 'Idris' });
      const first = await ask('First');
      const second = await ask('Second');
      await idris.sync.write(first, [{ kind: 'claim' }]);
      await relay.idle();
      const store = await storeOn(maud);
      await until(store.state, ({ others }) => others.length === 1);
      expect(store.state.get().others[0]!.claim).to.deep.include({ mine: false, numbered: true });
      expect(store.state.get().others[0]!.claim!.by.name).to.equal('Idris');
      store.select(second);
      await until(store.state, ({ thread }) => thread?.status === 'ready');
      expect(texts(store.state.get().earlier)).to.deep.equal(['First']);
      expect(store.state.get().thread!.asker!.presence).to.deep.equal({ type: 'here' });
      await visitor.cut();
      await until(store.state, ({ thread }) => thread?.asker?.presence.type === 'seen');
    });
  });

  describe('answering', () => {
    it('claims a free conversation with the first answer, then only says', async () => {
      const store = await storeOn(maud);
      const id = await ask('One');
      store.select(id);
      await until(store.state, ({ thread }) => thread?.asker !== null);
      relay.pause();
      store.setDraft('Yes');
      await store.send('Yes');
      expect(kinds(id, maud)).to.deep.equal(['join', 'claim', 'say']);
      await store.send('And no');
      expect(kinds(id, maud)).to.deep.equal(['join', 'claim', 'say', 'say']);
      expect(store.state.get().draft).to.equal('');
      const { thread, unsent } = store.state.get();
      expect(thread!.claim).to.deep.include({ mine: true, numbered: false });
      expect(unsent.map(({ what }) => what)).to.deep.equal(['claim', 'say', 'say']);
      expect(unsent[0]!.title).to.equal('One');
      relay.resume();
      await until(store.state, ({ unsent }) => unsent.length === 0);
      expect(store.state.get().thread!.claim).to.deep.include({ mine: true, numbered: true });
    });

    it('claims once when two answers follow each other at once, and says the same once', async () => {
      const store = await storeOn(maud);
      const id = await ask('One');
      store.select(id);
      await until(store.state, ({ thread }) => thread?.asker !== null);
      relay.pause();
      await Promise.all([store.send('Yes'), store.send('Yes'), store.send('And no')]);
      expect(kinds(id, maud)).to.deep.equal(['join', 'claim', 'say', 'say']);
      relay.resume();
    });

    it('says only, in what somebody else has', async () => {
      const idris = await relay.helper({ name: 'Idris' });
      const id = await ask('One');
      await idris.sync.write(id, [{ kind: 'claim' }]);
      await relay.idle();
      const store = await storeOn(maud);
      store.select(id);
      await until(store.state, ({ thread }) => thread?.claim !== null);
      relay.pause();
      await store.send('Me too');
      expect(kinds(id, maud)).to.deep.equal(['join', 'say']);
      relay.resume();
    });

    it('shows a claim that came second, on both ways it can be known', async () => {
      const idris = await relay.helper({ name: 'Idris' });
      const id = await ask('One');
      const store = await storeOn(maud);
      await until(store.state, ({ keptConversations }) => keptConversations === 1);
      await maud.cut();
      await store.claim(id);
      expect(store.state.get().mine[0]!.claim).to.deep.include({ mine: true, numbered: false });
      await idris.sync.write(id, [{ kind: 'claim' }]);
      await relay.idle();
      await maud.restore();
      const state = await until(store.state, ({ lost, thread }) => !!lost && !!thread?.claim);
      expect(state.lost).to.deep.include({ conversation: id, title: 'One' });
      expect(state.lost!.by.name).to.equal('Idris');
      expect(state.unsent, 'it will not leave').to.deep.equal([]);
      expect(said(state)).to.include('contested');
      const note = state.thread!.items.find(
        (item) => item.type === 'note' && item.note === 'contested',
      );
      expect(note?.type === 'note' && note.from.name).to.equal('Idris');
      expect(state.thread!.claim!.by.name).to.equal('Idris');
      expect(state.mine).to.deep.equal([]);
      await store.told(state.lost!.id);
      expect(store.state.get().lost, 'told once').to.equal(null);
      expect(said(store.state.get())).not.to.include('contested');
      expect(store.state.get().unsent).to.deep.equal([]);
    });

    it('reads and answers 50 conversations with no network, and loses none', async () => {
      const ids: ConversationId[] = [];
      for (let index = 0; index < 50; index++) {
        ids.push(await ask(`Question ${index}`, await relay.visitor()));
      }
      const store = await storeOn(maud);
      await until(store.state, ({ keptConversations }) => keptConversations === 50);
      await maud.cut();
      for (const [index, id] of ids.entries()) {
        store.select(id);
        await until(store.state, ({ thread }) => thread?.status === 'ready');
        expect(said(store.state.get())).to.deep.equal([`Question ${index}`]);
        await store.send(`Answer ${index}`);
      }
      expect(store.state.get().waiting).to.deep.equal([]);
      expect(store.state.get().network).to.deep.include({ type: 'offline', waiting: 50 });
      expect(store.state.get().mine.every(({ kept }) => kept === 1)).to.equal(true);
      await maud.restore();
      await until(store.state, ({ unsent }) => unsent.length === 0);
      for (const [index, id] of ids.entries()) {
        const messages = (await relay.view(id)).timeline.filter((item) => item.type === 'message');
        expect(messages.map(({ text }) => text)).to.deep.equal([
          `Question ${index}`,
          `Answer ${index}`,
        ]);
      }
    }).timeout(30_000);

    it('still shows what was written under a grant that ran out since', async () => {
      const helper = await relay.helper({ name: 'Solène' });
      const id = await ask('One');
      const store = await storeOn(helper);
      store.select(id);
      await until(store.state, ({ keptConversations }) => keptConversations === 1);
      helper.cut();
      await store.send('Before');
      turnClock(13 * HOUR);
      await store.send('After');
      expect(said(store.state.get())).to.deep.equal(['One', 'claimed', 'Before', 'After']);
      expect(store.state.get().access).to.deep.include({ expired: true });
    });

    it('takes a refused answer back into the composer', async () => {
      const id = await ask('One');
      const store = await storeOn(maud);
      store.select(id);
      await until(store.state, ({ thread }) => thread?.asker !== null);
      relay.answering = ({ kind }) =>
        kind === 'say' ? { type: 'refused', code: 'forbidden' } : null;
      const { thread } = await until(store.state, (state) => state.thread?.items.length === 1);
      const quotes = thread!.items[0]!.id as EntryId;
      store.quote(quotes);
      await until(store.state, (state) => state.quotes === quotes);
      await store.send('Spam');
      expect(store.state.get()).to.deep.include({ draft: '', quotes: '' });
      await until(store.state, ({ unsent }) => unsent[0]?.state.type === 'refused');
      await store.edit(store.state.get().unsent[0]!.id);
      expect(store.state.get()).to.deep.include({ draft: 'Spam', quotes, unsent: [] });
    });

    it('draws a line above what is new to this helper, not to the desk', async () => {
      const id = await ask('One');
      const idris = await relay.helper({ name: 'Idris' });
      const other = await storeOn(idris);
      other.select(id);
      other.setVisible(true);
      await until(other.state, ({ thread }) => thread?.unread === 0 && thread.items.length > 0);
      await visitor.sync.write(id, [{ kind: 'say', text: 'Two' }]);
      const store = await storeOn(maud);
      await until(store.state, ({ waiting }) => waiting.length === 1);
      store.select(id);
      store.setVisible(true);
      const holds = (count: number) =>
        until(store.state, ({ thread }) => thread?.unread === 0 && thread.items.length === count);
      await holds(2);
      expect(store.state.get().thread?.unreadFrom, 'read for the first time').to.equal(null);
      store.setVisible(false);
      store.select(null);
      other.select(null);
      await visitor.sync.write(id, [{ kind: 'say', text: 'Three' }]);
      await until(store.state, ({ waiting }) => waiting[0]?.last.text === 'Three');
      store.select(id);
      store.setVisible(true);
      const { thread } = await holds(3);
      expect(thread?.unreadFrom).to.equal(thread?.items[2]?.id);
    });
  });

  it('tells of what came before an answer that was written without a network', async () => {
    const id = await ask('Question');
    const store = await storeOn(maud);
    await until(store.state, ({ waiting }) => waiting.length === 1);
    await store.claim(id);
    store.setVisible(true);
    await until(store.state, ({ mine }) => mine[0]?.unread === false);
    await maud.cut();
    await until(store.state, ({ network }) => network.type === 'offline');
    await store.send('Answer');
    store.setVisible(false);
    await visitor.sync.write(id, [{ kind: 'say', text: 'It smells of burning' }]);
    await relay.idle();
    await maud.restore();
    await until(store.state, ({ mine, network }) => {
      const [one] = mine;
      return network.type === 'online' && one?.last.text === 'Answer' && one.kept === 0;
    });
    await until(store.state, ({ mine }) => mine[0]?.unread === true);
    expect(store.state.get().mine[0]?.wait, 'they wait for a word').not.to.equal(null);
    store.setVisible(true);
    const { thread } = await until(
      store.state,
      ({ mine, thread }) => mine[0]?.unread === false && thread?.unreadFrom !== null,
    );
    const from = thread?.items.find(({ id: item }) => item === thread.unreadFrom);
    expect(from?.type === 'message' && from.text).to.equal('It smells of burning');
  });

  describe('bringing conversations here', () => {
    it('opens a few at once, so that the line is not full of them, and each again only when it changed', async () => {
      const ids: ConversationId[] = [];
      for (let index = 0; index < 90; index++) {
        const id = await ask(`Question ${index}`);
        await visitor.sync.write(id, [{ kind: 'close' }]);
        ids.push(id);
      }
      await relay.idle();
      const store = await storeOn(maud);
      await until(store.state, ({ keptConversations }) => keptConversations === 90);
      expect(maud.mostOpen).to.be.within(6, 9); // with the space and the inbox
      expect(maud.opened).to.equal(92); // with the space and the inbox
      expect(maud.openRooms).to.have.length(2);
      await visitor.sync.write(ids[5]!, [{ kind: 'say', text: 'Again' }]);
      await until(store.state, ({ waiting }) => waiting.length === 1);
      expect(maud.opened).to.equal(93);
      const later = await maud.reopened();
      const again = await storeOn(later);
      await until(again.state, ({ keptConversations }) => keptConversations === 90);
      await until(later.rooms, (rooms) => rooms.length === 3);
      expect(later.opened).to.equal(3);
    }).timeout(30_000);
  });

  it('fetches what only changed elsewhere once the helper has paused typing', async () => {
    const theirs = await ask('Theirs');
    const idris = await relay.helper({ name: 'Idris' });
    await idris.sync.write(theirs, [{ kind: 'claim' }, { kind: 'say', text: 'Mine' }]);
    const mine = await ask('Mine to answer');
    const store = await storeOn(maud);
    await until(store.state, ({ keptConversations }) => keptConversations === 2);
    await until(maud.rooms, (rooms) => !rooms.includes(conversationRoom(theirs)));
    store.select(mine);
    const { opened } = maud;
    store.setDraft('I think');
    await idris.sync.write(theirs, [{ kind: 'say', text: 'More' }]);
    await until(store.state, ({ others }) => others[0]?.last.text === 'More');
    expect(maud.opened).to.equal(opened);
    await until(maud.rooms, (rooms) => rooms.includes(conversationRoom(theirs)));
    expect(maud.opened).to.equal(opened + 1);
  });

  it('follows what waits and what is mine, and lets go of it afterwards', async () => {
    const store = await storeOn(maud);
    const id = await ask('One');
    await until(store.state, ({ keptConversations }) => keptConversations === 1);
    expect(maud.openRooms).to.include(conversationRoom(id));
    await visitor.sync.write(id, [{ kind: 'say', text: 'Bye' }, { kind: 'close' }]);
    await until(store.state, ({ closed }) => closed.length === 1);
    await until(maud.rooms, (rooms) => !rooms.includes(conversationRoom(id)));
    await maud.cut();
    store.select(id);
    await until(store.state, ({ thread }) => thread?.closed === true);
    expect(said(store.state.get())).to.deep.equal(['One', 'Bye', 'closed']);
  });

  describe('attention', () => {
    it('rings for a new question, and for a word in a conversation of mine that is not watched', async () => {
      await ask('Old');
      const store = await storeOn(maud);
      await until(store.state, ({ waiting }) => waiting.length === 1);
      expect(store.state.get().bell).to.equal(null);
      const id = await ask('New');
      const first = await until(store.state, ({ bell }) => bell !== null);
      expect(first.bell).to.deep.include({ what: 'question', conversation: id, text: 'New' });
      await store.claim(id);
      await until(store.state, ({ mine }) => mine[0]?.claim?.numbered === true);
      await visitor.sync.write(id, [{ kind: 'say', text: 'Hello?' }]);
      const second = await until(store.state, ({ bell }) => bell?.what === 'message');
      expect(second.bell!.text).to.equal('Hello?');
      store.setVisible(true);
      await visitor.sync.write(id, [{ kind: 'say', text: 'Seen' }]);
      await until(store.state, ({ mine }) => mine[0]?.last.text === 'Seen');
      expect(store.state.get().bell).to.equal(second.bell);
      await until(store.state, ({ mine }) => mine[0]?.unread === false);
    });

    it('is away on all devices of a person, and says so on each', async () => {
      const store = await storeOn(maud);
      const { member } = maud.sync.me.get();
      const phone = await relay.helper({ name: 'Maud', member });
      const other = await storeOn(phone);
      expect(other.state.get().me!.member).to.equal(member);
      await other.setAvailable(false);
      await until(store.state, ({ available }) => !available);
      await until(store.state, ({ me }) => me!.presence.type === 'seen');
      expect(other.state.get().available).to.equal(false);
      await maud.cut();
      await store.setAvailable(true);
      expect(other.state.get().available, 'it is not known there yet').to.equal(false);
      await maud.restore();
      await until(other.state, ({ available, me }) => available && me!.presence.type === 'here');
      const again = await storeOn(await maud.reopened());
      expect(again.state.get().available).to.equal(true);
    });

    it('stays quiet about questions while away', async () => {
      const store = await storeOn(maud);
      await store.setAvailable(false);
      await ask('New');
      await until(store.state, ({ waiting }) => waiting.length === 1);
      expect(store.state.get().bell).to.equal(null);
      expect(store.state.get().available).to.equal(false);
      expect(store.state.get().me!.presence.type).to.equal('seen');
    });
  });

  it('keeps canned replies, and offers starters until there is one', async () => {
    const store = await storeOn(maud);
    expect(store.state.get().canned.map(({ shortcut }) => shortcut)).to.deep.equal([
      'hello',
      'thanks',
    ]);
    await store.saveCanned(null, { shortcut: 'size', text: 'It runs small.' });
    const [own] = store.state.get().canned;
    expect(store.state.get().canned).to.have.length(1);
    await store.saveCanned(own!.id, { shortcut: 'size', text: 'It runs large.' });
    expect(store.state.get().canned).to.deep.equal([
      { id: own!.id, shortcut: 'size', text: 'It runs large.' },
    ]);
    await store.removeCanned(own!.id);
    expect(store.state.get().canned).to.have.length(2);
  });

  it('comes back to the same screen with no network, what waits included', async () => {
    const id = await ask('One');
    const store = await storeOn(maud);
    store.select(id);
    store.setTab('mine');
    const choice = { sort: 'turned', page: 'Bag', unread: true } as const;
    store.choose(choice);
    await until(store.state, ({ keptConversations }) => keptConversations === 1);
    await maud.cut();
    await store.send('Kept');
    store.setDraft('half');
    const again = await storeOn(await maud.reopened());
    const state = await until(again.state, ({ draft }) => draft === 'half');
    expect(state).to.deep.include({ tab: 'mine', selected: id, choice });
    await until(again.state, (state) => said(state).length === 3);
    expect(said(again.state.get())).to.deep.equal(['One', 'claimed', 'Kept']);
    expect(again.state.get().unsent.map(({ what }) => what)).to.deep.equal(['claim', 'say']);
  });

  it('keeps the open conversation when a tab is chosen, even while its screen is being read', async () => {
    const id = await ask('One');
    const store = await storeOn(maud);
    store.select(id);
    store.setTab('closed');
    expect(store.state.get()).to.deep.include({ tab: 'closed', selected: id });
    await until(store.state, ({ keptConversations }) => keptConversations === 1);
    const again = createDeskStore((await maud.reopened()).sync, {
      relay: '',
      pageLang: () => 'fr',
    });
    again.setTab('mine');
    const state = await until(again.state, ({ selected }) => selected !== null);
    expect(state).to.deep.include({ tab: 'mine', selected: id });
    again.dispose();
  });

  it('tells managers alone what commands call whoever asked: the person, and the device they wrote from last', async () => {
    const id = await ask('One');
    const manager = await storeOn(await relay.helper({ name: 'Solène', role: Role.manager }));
    const helper = await storeOn(maud);
    for (const store of [manager, helper]) {
      store.select(id);
      await until(store.state, ({ thread }) => thread?.asker !== null);
    }
    const { member, device } = visitor;
    const ids = { space: relay.space, conversation: id, member, device };
    const state = await until(manager.state, (now) => now.ids?.device === device);
    expect(state.ids).to.deep.equal(ids);
    expect(state.blocking, 'the office is for managers of all spaces').to.equal(null);
    expect(helper.state.get()).to.deep.include({ ids: null, blocking: null });
    await relay.setRole(manager.state.get().me!.member, Role.manager, []);
    await until(manager.state, ({ blocking }) => blocking !== null);
    expect(manager.state.get().ids).to.deep.equal(ids);
    manager.select(null);
    expect(manager.state.get().ids).to.equal(null);
  });

  it('lets go of everything', async () => {
    const id = await ask('One');
    const store = await storeOn(maud);
    store.select(id);
    await until(store.state, ({ thread }) => thread?.asker !== null);
    expect(maud.openRooms).to.include(conversationRoom(id));
    store.dispose();
    store.dispose();
    expect(maud.openRooms).to.deep.equal([]);
  });
});
