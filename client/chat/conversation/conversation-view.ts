/** One conversation: who answers, the thread, what it waits for, the composer. */
import { type TemplateResult, html, nothing } from 'lit';
import { type ConversationContext, withConversationWords } from './conversation-context.ts';
import type { EntryId } from '../../../shared/ids.ts';
import type { ThreadState } from '../../store/conversation/thread-state.ts';
import { moderationWords } from '../../locales/moderation-words.ts';
import { faces } from '../../ui/avatar.ts';
import { usersIcon } from '../../ui/more-icons.ts';
import { quoteBar } from '../../ui/quote/quote-bar.ts';
import { presenceLine, presenceText } from '../../ui/presence.ts';
import '../../ui/thread/comptoir-thread.ts';
import { bar } from '../screen/bar.ts';
import { composerFooter } from '../screen/composer-footer.ts';
import { decisionSeen, sendingBack } from './given-back.ts';
import type { PanelContext } from '../screen/panel-context.ts';
import { isOwn } from '../screen/parent-view.ts';

export function conversationView(given: PanelContext): TemplateResult {
  const context = withConversationWords(given);
  const { state, words, common } = context;
  const { thread } = state;
  const answerers = thread?.guest ? [] : (thread?.answerers ?? []);
  const named = [...new Set(answerers.map(({ name }) => name || common.nameless))];
  const own = isOwn(state);
  const listed = state.open?.questions.find(({ id }) => id === thread?.id)?.text;
  return html`${bar(context, {
      title: named.length > 0 ? common.list(named) : thread?.title || listed || words.chat,
      before: answerers.length > 0 ? faces(answerers) : nothing,
      below: below(context),
      back: context.back,
      backLabel: own ? words.conversations : words.back,
    })}
    ${thread?.public ? html`<p class="public">${usersIcon}${words.publicHere}</p>` : nothing}
    <comptoir-thread
      class="fill"
      exportparts="bubble, quote, menu, meta, day, unread, note, avatar, badge, card, pill"
      .thread=${thread}
      .ahead=${state.ahead}
      .locale=${common.lang}
      .quotable=${isQuotable(thread)}
      @comptoir-quote=${(event: GlobalEventHandlersEventMap['comptoir-quote']) => {
        context.draft(state.draft, event.messageId as EntryId);
        focusComposer(event);
      }}
      @comptoir-card=${context.moved}
      @comptoir-edit=${(event: GlobalEventHandlersEventMap['comptoir-edit']) =>
        context.edit(event.messageId)}
      @comptoir-withdraw=${(event: GlobalEventHandlersEventMap['comptoir-withdraw']) =>
        context.withdraw(event.messageId)}
      @comptoir-report=${({ report }: GlobalEventHandlersEventMap['comptoir-report']) =>
        context.report(report)}
      @comptoir-unreport=${({ messageId }: GlobalEventHandlersEventMap['comptoir-unreport']) =>
        void context.moderation?.takeBack(messageId)}
      @comptoir-appeal=${({ reference, text }: GlobalEventHandlersEventMap['comptoir-appeal']) =>
        void context.moderation?.appeal(reference, text)}
      @comptoir-decision-seen=${({
        decision,
      }: GlobalEventHandlersEventMap['comptoir-decision-seen']) => decisionSeen(decision, context)}
    >
      ${thread?.status === 'ready' ? after(thread, context) : nothing}
    </comptoir-thread>
    <div class="writing" @keydown=${(event: KeyboardEvent) => dropByKey(event, context)}>
      ${quoteBar({
        thread,
        quotes: state.quotes,
        locale: common.lang,
        drop: () => context.draft(state.draft, ''),
      })}
      ${foot(sendingBack(context), own)}
    </div>`;
}

/** Whether there is somebody to answer, and a conversation in which to do so. */
const isQuotable = (thread: ThreadState | null): boolean =>
  thread?.status === 'ready' && !thread.full && (!thread.guest || thread.public);

function focusComposer({ currentTarget }: Event): void {
  const root = (currentTarget as Element).getRootNode() as ShadowRoot;
  root.querySelector<HTMLElement>('comptoir-composer')?.focus();
}

/** Escape drops the message that is answered, before it closes anything. */
function dropByKey(event: KeyboardEvent, { state, draft }: ConversationContext): void {
  if (event.key !== 'Escape' || event.isComposing || state.quotes === '') return;
  event.preventDefault();
  draft(state.draft, '');
  focusComposer(event);
}

/** The composer, and who will read what is written there. */
function foot(context: ConversationContext, own: boolean): TemplateResult {
  const { state, words } = context;
  const { thread } = state;
  const fine = (...lines: string[]): TemplateResult =>
    html`<p class="fine" role="status">${lines.join(' ')}</p>`;
  // Nothing is sent if nobody would take it; the draft stays.
  const shut = (...lines: string[]): TemplateResult =>
    composerFooter({ ...context, busy: true }, words.answerHere, fine(...lines));
  const inside = thread && !thread.guest && thread.items.length > 0;
  if (inside || (own && !thread?.guest)) return composerFooter(context, placeholder(context));
  if (!thread || thread.status === 'loading')
    return composerFooter({ ...context, busy: true }, words.answerHere);
  if (thread.status === 'refused' || (thread.guest && !thread.public))
    return shut(words.shut, words.draftKept);
  if (thread.items.length === 0) return shut(words.notHere, words.draftKept);
  return composerFooter(context, words.answerHere, fine(words.answerRead));
}

function placeholder({ state, words }: ConversationContext): string {
  const { thread, network } = state;
  if (thread?.status !== 'ready') return words.replyEarly;
  if (network.type === 'offline') return words.replyAnyway;
  if (thread.full) return words.ask;
  return thread.answerers.length === 0 ? words.add : words.reply;
}

/** One line: who is here, or where the question is. */
function below(context: ConversationContext): TemplateResult | typeof nothing {
  const { state, words, common, now } = context;
  const { thread, network } = state;
  const plain = (text: string): TemplateResult => html`<p class="presence">${text}</p>`;
  if (thread?.status !== 'ready') return plain(words.opening);
  if (thread.closed) return plain(words.closed);
  const answerers = thread.answerers.filter(({ role }) => role !== 'visitor');
  const asked = thread.items.find((item) => item.type === 'message');
  if (thread.guest && asked) return plain(common.asked(asked.time, now));
  if (thread.guest || (!asked && !isOwn(state))) return plain('');
  if (answerers.length === 0) {
    // What is kept says so under itself, and the network's line why.
    if (!asked || thread.kept > 0) return nothing;
    return plain(words.sent(asked.time, now));
  }
  if (network.type === 'offline') return presenceLine('unknown', words.presenceUnknown);
  const here = answerers.filter(({ presence }) => presence.type === 'here');
  if (here.length > 0 && here.length === answerers.length)
    return presenceLine('here', here.length > 1 ? words.allHere : words.here);
  if (here.length > 0)
    return presenceLine('here', words.someHere(here.map(({ name }) => name || common.nameless)));
  const presence = answerers.at(-1)?.presence ?? { type: 'unknown' };
  return presenceLine(
    presence.type,
    presence.type === 'unknown' ? words.presenceUnknown : presenceText(presence, common, now),
  );
}

/** Never a dead end: what happens next, or what can be done. */
function after(thread: ThreadState, context: ConversationContext): TemplateResult | typeof nothing {
  const { state, words, common } = context;
  if (thread.full)
    return html`<div class="wait" slot="after">
      <h3>${words.full}</h3>
      <p>${words.fullHow}</p>
    </div>`;
  if (thread.closed) {
    const how = thread.guest ? words.closedGuest : words.closedHow;
    return html`<p class="fine" slot="after">${how}</p>`;
  }
  if (thread.items.some((item) => item.type === 'message' && !item.mine)) return nothing;
  if (thread.items.length === 0 && !isOwn(state)) return nothing;
  const [question] = thread.items;
  if (question?.type === 'message' && question.delivery?.type === 'held') {
    const held = moderationWords(common.lang);
    return html`<div slot="after" class="wait" part="wait">
      <h3>${held.heldQuestion}</h3>
      <p>${held.heldQuestionHow}</p>
    </div>`;
  }
  const card = (faced: unknown, title: string, how: string, calling = false): TemplateResult =>
    html`<div slot="after" class="wait ${calling ? 'calling' : ''}" part="wait">
      ${faced}
      <h3>${title}</h3>
      <p>${how}</p>
    </div>`;
  if (thread.kept > 0 || thread.items.length === 0) {
    // With a link, a question waits only for a moment: there is nothing to say.
    return state.network.type === 'offline' ? card(nothing, words.kept, words.keptHow) : nothing;
  }
  const name = thread.claim?.by.name;
  if (thread.claim)
    return card(
      faces([thread.claim.by], 'm'),
      words.claimed(name || common.nameless),
      words.callingHow,
    );
  const here = state.people.filter(({ presence }) => presence.type === 'here').slice(0, 3);
  if (here.length > 0)
    return card(
      faces(here, 'm'),
      words.calling(here.map((one) => one.name || common.nameless)),
      words.callingHow,
      true,
    );
  if (state.here === 0) return card(nothing, words.nobody, words.nobodyHow);
  return card(nothing, words.callingAll, words.callingHow);
}
