/** How each block of a thread looks. */
import { type TemplateResult, html, nothing } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import { repeat } from 'lit/directives/repeat.js';
import type { MessageWords } from '../../locales/thread-words.ts';
import type { ThreadMessage, ThreadNote } from '../../store/conversation/thread-state.ts';
import type { Person } from '../../store/person.ts';
import { avatar } from '../avatar.ts';
import { cardWords } from '../person-card/card-words.ts';
import { undo2Icon } from '../more-icons.ts';
import { linkified } from '../linkify.ts';
import { roleBadge } from '../role-badge.ts';
import { type MetaActions, messageMeta } from './message-meta.ts';
import type { Block } from './thread-blocks.ts';

export interface BlockContext extends MetaActions {
  readonly words: MessageWords;
  readonly now: number;
  /** One's own message whose withdrawal waits for a second click. */
  readonly confirming: string | null;
  confirm(messageId: string | null): void;
  /** Shows who somebody is. */
  meet(person: Person): void;
}

const nameOf = (person: Person, words: MessageWords): string => person.name || words.nameless;

export function blockTemplate(block: Block, context: BlockContext): TemplateResult {
  const { words, now } = context;
  switch (block.type) {
    case 'day':
      return html`<li class="day" part="day">${words.day(block.time, now)}</li>`;
    case 'unread':
      return html`<li class="unread" part="unread">${words.newMessages}</li>`;
    case 'line':
      return html`<li class="note" part="note">
        ${block.item.type === 'note' ? noteText(block.item, words) : words.unreadable}
      </li>`;
    case 'group':
      return groupTemplate(block.messages, context);
  }
}

function noteText({ note, from, mine, numbered }: ThreadNote, words: MessageWords): string {
  if (note === 'claimed' && mine && !numbered) return words.notes.claimedHere;
  return words.notes[note](nameOf(from, words), mine);
}

function groupTemplate(messages: readonly ThreadMessage[], context: BlockContext): TemplateResult {
  const { words } = context;
  const first = messages[0] as ThreadMessage;
  const last = messages.at(-1) as ThreadMessage;
  const { from, mine } = first;
  const name = mine ? words.you : nameOf(from, words);
  const badge = roleBadge(from.role, words);
  return html`<li class="group" data-from=${mine ? 'me' : nothing}>
    ${mine ? nothing : face(from, context)}
    <div class="stack">
      ${
        mine || (!from.name && badge === nothing)
          ? nothing
          : html`<p class="who">${whose(from, name, context)}${badge}</p>`
      }
      ${repeat(
        messages,
        ({ id }) => id,
        (message, index) => bubble(message, mine || index > 0 ? words.says(name) : '', context),
      )}
      ${messageMeta(last, words, context, context.now)}
    </div>
  </li>`;
}

/** The picture opens the card too, for a finger. The keyboard and a screen reader use the name. */
function face(from: Person, context: BlockContext): TemplateResult {
  if (!from.card) return avatar(from);
  return html`<button
    type="button"
    class="face"
    tabindex="-1"
    aria-hidden="true"
    @click=${() => context.meet(from)}
  >
    ${avatar(from)}
  </button>`;
}

function whose(from: Person, name: string, context: BlockContext): TemplateResult {
  const shown = html`<b class="said">${name}</b>`;
  if (!from.card) return shown;
  return html`<button
    type="button"
    class="meet"
    aria-haspopup="dialog"
    aria-label=${cardWords(context.words.lang).meet(name)}
    @click=${() => context.meet(from)}
  >
    ${shown}
  </button>`;
}

/** Up to three emoji and nothing else are shown as the pictures they are. */
const isEmoji = (text: string): boolean => /^(?:\p{RGI_Emoji}\s?){1,3}$/v.test(text);

/** @param says who speaks, for people who hear one bubble at a time */
function bubble(message: ThreadMessage, says: string, context: BlockContext): TemplateResult {
  const { delivery, id, text } = message;
  const kind = {
    bubble: true,
    said: true,
    kept: delivery?.type === 'kept' || delivery?.type === 'later',
    held: delivery?.type === 'held',
    refused: delivery?.type === 'refused',
    emoji: isEmoji(text),
  };
  const withdrawable = message.retractable && delivery?.type !== 'refused';
  return html`<div class="line">
    ${withdrawable ? withdrawButton(id, context) : nothing}
    <div class=${classMap(kind)} part="bubble" dir="auto">
      ${says ? html`<span class="sr">${says}</span>` : nothing}<span class="words"
        >${linkified(text)}</span
      >
    </div>
  </div>`;
}

/** Two clicks: what is withdrawn is erased everywhere. */
function withdrawButton(id: string, context: BlockContext): TemplateResult {
  const { words } = context;
  const sure = context.confirming === id;
  return html`<button
    type="button"
    class="withdraw ${sure ? 'sure' : ''}"
    aria-label=${sure ? nothing : words.withdraw}
    title=${words.withdraw}
    @click=${() => (sure ? context.withdraw(id) : context.confirm(id))}
    @blur=${() => context.confirm(null)}
  >
    ${sure ? words.withdrawSure : undo2Icon}
  </button>`;
}
