/** What the panel shows of decisions, and what it does with a text that should be changed. */
import { expect, fixture, html } from '@open-wc/testing';
import type { DecisionId, EntryId } from '../../../shared/ids.ts';
import type { ChatState } from '../../store/chat/chat-state.ts';
import type { ThreadItem } from '../../store/conversation/thread-state.ts';
import type { DecisionView } from '../../store/moderation/moderation-state.ts';
import {
  FixtureStore,
  chatState,
  conversationId,
  maud,
  said,
  threadOf,
  visitor,
} from '../../testing/fixtures.ts';
import { DecisionSeenEvent } from '../../ui/events/decision-seen-event.ts';
import { SendEvent } from '../../ui/events/send-event.ts';
import '../panel/comptoir-panel.ts';
import type { ComptoirPanel } from '../panel/comptoir-panel.ts';

const reference = 'reference' as DecisionId;
const blocked: DecisionView = {
  reference,
  references: [reference],
  id: null,
  what: 'blocked',
  code: 'insult',
  reason: 'Trois rappels',
  until: 0,
  automatic: false,
  appeal: 'open',
  fresh: true,
  seen: false,
};
const id = conversationId('c');
const view = { type: 'thread', id } as const;

async function show(
  state: Partial<ChatState>,
): Promise<{ panel: ComptoirPanel; store: FixtureStore; root: ShadowRoot }> {
  const store = new FixtureStore(chatState(state));
  const panel = await fixture<ComptoirPanel>(
    html`<comptoir-panel .store=${store}></comptoir-panel>`,
  );
  await panel.updateComplete;
  return { panel, store, root: panel.shadowRoot as ShadowRoot };
}

describe('decisions in the panel', () => {
  it('stand at the top of both lists, can be appealed and sent away', async () => {
    const conversations = [
      {
        id,
        title: 'Étagère',
        last: '',
        lastMine: false,
        lastAt: Date.now(),
        unread: 0,
        answerers: [maud],
        closed: false,
        waiting: false,
        kept: 0,
      },
    ];
    for (const type of ['welcome', 'conversations'] as const) {
      const { root, store, panel } = await show({
        view: { type },
        conversations,
        notices: [blocked],
      });
      const [one] = root.querySelectorAll('.notices comptoir-decision');
      await panel.updateComplete;
      const shown = one as HTMLElementTagNameMap['comptoir-decision'];
      await shown.updateComplete;
      expect(shown.shadowRoot?.textContent).to.contain('Vous ne pouvez plus écrire ici');
      const list = root.querySelector('.notices') as HTMLElement;
      const rows = root.querySelector('.conversations, .rows') as HTMLElement;
      expect(list.compareDocumentPosition(rows), type).to.equal(Node.DOCUMENT_POSITION_FOLLOWING);
      await expect(panel).shadowDom.to.be.accessible();
      root.querySelector<HTMLElement>('.notice button')?.click();
      expect(store.calls).to.include(`dismiss "${reference}"`);
      store.set({ notices: [] });
      await panel.updateComplete;
      expect(list.offsetHeight, 'an empty list takes no room').to.equal(0);
    }
  });

  const asked = (state: Partial<ChatState> = {}): Promise<Awaited<ReturnType<typeof show>>> => {
    const change: DecisionView = { ...blocked, id: 'refused' as EntryId, what: 'change-asked' };
    const refused: ThreadItem = {
      ...(said(visitor, 'Vendez-le ici\u202f!', 1, {
        id: 'refused',
        delivery: { type: 'refused', code: 'moderated' },
      }) as ThreadItem & { type: 'message' }),
      decision: change,
    };
    const thread = threadOf([said(visitor, 'Bonjour', 2, { id: 'question' }), refused], { id });
    return show({ view, thread, ...state });
  };
  const see = (root: ShadowRoot): void => {
    const thread = root.querySelector('comptoir-thread') as HTMLElement;
    thread.dispatchEvent(
      new DecisionSeenEvent({ ...blocked, id: 'refused' as EntryId, what: 'change-asked' }),
    );
  };

  it('give a text that should be changed back to the composer, and drop it once another is sent', async () => {
    const { root, store, panel } = await asked();
    see(root);
    expect(store.calls).to.include(`seen "${reference}"`);
    expect(store.state.get().draft).to.equal('Vendez-le ici\u202f!');
    await panel.updateComplete;
    root.querySelector('comptoir-composer')?.dispatchEvent(new SendEvent('Il est à vendre'));
    await panel.updateComplete;
    expect(store.calls).to.include('send "Il est à vendre"');
    expect(store.calls).to.include('withdraw "refused"');
    store.calls.length = 0;
    root.querySelector('comptoir-composer')?.dispatchEvent(new SendEvent('Merci'));
    await panel.updateComplete;
    expect(store.calls).to.not.include('withdraw "refused"');
  });

  it('never over what somebody is writing: then it is offered', async () => {
    const { root, store, panel } = await asked({ draft: 'Autre chose' });
    see(root);
    expect(store.state.get().draft).to.equal('Autre chose');
    const thread = root.querySelector('comptoir-thread') as HTMLElement;
    const offered = Array.from(
      thread.shadowRoot?.querySelectorAll<HTMLElement>('comptoir-decision > button') ?? [],
    );
    expect(offered.map(({ innerText }) => innerText.trim())[0]).to.equal('Reprendre le texte');
    offered[0]?.click();
    await panel.updateComplete;
    expect(store.calls).to.include('edit "refused"');
  });

  it('say of a held question that it is checked first, and that nobody is called', async () => {
    const held = said(visitor, 'Bonjour', 1, { id: 'question', delivery: { type: 'held' } });
    const { root } = await show({ view, thread: threadOf([held], { id }) });
    expect(root.querySelector('.wait')?.textContent).to.contain(
      'Votre question est relue avant publication',
    );
    expect(root.querySelector('.wait.calling')).to.equal(null);
  });
});
