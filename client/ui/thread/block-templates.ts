/** How each block of a thread looks. */
import { type TemplateResult, html, nothing } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import { dayKey } from '../../locales/day-text.ts';
import type { MessageWords } from '../../locales/thread-words.ts';
import type { Quoted, ThreadMessage, ThreadNote } from '../../store/conversation/thread-state.ts';
import type { Person } from '../../store/person.ts';
import { avatar } from '../avatar.ts';
import { cardWords } from '../person-card/card-words.ts';
import { ellipsisIcon } from '../more-icons.ts';
import { linkified } from '../linkify.ts';
import { longPress } from '../message-menu/long-press.ts';
import { quotedLine } from '../quote/quoted-line.ts';
import { roleBadge } from '../role-badge.ts';
import { type DecisionActions, hiddenLine, ownDecision } from '../moderation/moderated.ts';
import { type MetaActions, messageMeta } from './message-meta.ts';
import type { Block } from './thread-blocks.ts';
import type { Edge, Side } from './thread-window.ts';

export interface BlockContext extends MetaActions, DecisionActions {
  readonly words: MessageWords;
  readonly now: number;
  /** The message that somebody was led to, for a moment. */
  readonly marked: string | null;
  settled(): void;
  /** Whether phone numbers and addresses of e-mail are links. */
  readonly contacts: boolean;
  /** Whose menu is open. */
  readonly menuOf: string | null;
  /** Opens a message's menu, or closes it. `opener` gets the focus back. */
  menu(messageId: string, at: DOMRect, opener: HTMLElement | null): void;
  /** The message whose button Tab stops at. */
  readonly current: string | null;
  stopAt(messageId: string): void;
  step(event: KeyboardEvent, by: 1 | -1): void;
  /** Lays out more of what is left out on one side. */
  fill(side: Side): void;
  /** Goes to a message. */
  reach(messageId: string): void;
  /** Shows who somebody is. */
  meet(person: Person): void;
}

const nameOf = (person: Person, words: MessageWords): string => person.name || words.nameless;

/** Drawn anew only where something in it changed: most of a long thread stays as it is. */
export const drawnBlock = (block: Block | Edge, context: BlockContext): unknown =>
  guard(partsOf(block, context), () => blockTemplate(block, context));

/** All that a block's look depends on: besides what holds for the whole thread, its items say all. */
function partsOf(block: Block | Edge, context: BlockContext): unknown[] {
  const { words, now, contacts, marked, menuOf, current } = context;
  switch (block.type) {
    case 'day':
      return [words.lang, block.time, dayKey(now)];
    case 'line':
      return [words.lang, block.item];
    case 'group': {
      const { messages } = block;
      const own = (id: string | null): string | null =>
        messages.some((message) => message.id === id) ? id : null;
      const waits = messages.some(({ delivery }) => delivery?.type === 'later');
      const at = [own(marked), own(menuOf), own(current), waits ? now : null];
      return [words.lang, contacts, ...at, ...messages];
    }
    default:
      return [words.lang, block.key];
  }
}

function blockTemplate(block: Block | Edge, context: BlockContext): TemplateResult {
  const { words, now } = context;
  switch (block.type) {
    case 'day':
      return html`<li class="day" part="day">${words.day(block.time, now)}</li>`;
    case 'unread':
      return html`<li class="unread" part="unread">${words.newMessages}</li>`;
    case 'line':
      return html`<li class="note" part="note">${lineOf(block.item, context)}</li>`;
    case 'edge':
      return edge(block.key, context);
    case 'group':
      return groupTemplate(block.messages, context);
  }
}

/** Seldom seen: more is laid out before a reader who scrolls is there. */
function edge(side: Side, { words, fill }: BlockContext): TemplateResult {
  return html`<li class="edge">
    <button
      type="button"
      class="button quiet small ${side === 'earlier' ? 'more' : 'newer'}"
      @click=${() => fill(side)}
    >
      ${side === 'earlier' ? words.earlier : words.newer}
    </button>
  </li>`;
}

function lineOf(
  item: Extract<Block, { type: 'line' }>['item'],
  context: BlockContext,
): TemplateResult | string {
  switch (item.type) {
    case 'note':
      return noteText(item, context.words);
    case 'hidden':
      return hiddenLine(item, context);
    case 'unreadable':
      return context.words.unreadable;
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
      ${messageMeta(last, words, context, context.now)} ${ownDecision(last, context)}
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

/**
 * Up to three emoji and nothing else are shown as the pictures they are. `\p{RGI_Emoji}` would say the same, but its
 * list of sequences takes longer to compile than a screen to draw: UTS #51's possible emoji will do.
 */
const isEmoji = (text: string): boolean =>
  /^(?:(?:\p{RI}{2}|[\d#*]\uFE0F\u20E3|(?!\p{RI})(?:\p{Emoji_Presentation}|\p{ExtPict}\uFE0F|\p{EBase}(?=\p{EMod}))\uFE0F?\p{EMod}?(?:[\u{E0020}-\u{E007E}]+\u{E007F})?(?:\u200D\p{ExtPict}\uFE0F?\p{EMod}?)*)\s?){1,3}$/u.test(
    text,
  );

/** @param says who speaks, for people who hear one bubble at a time */
function bubble(message: ThreadMessage, says: string, context: BlockContext): TemplateResult {
  const { delivery, id, text, quoted } = message;
  const marked = context.marked === id;
  const kind = {
    bubble: true,
    said: true,
    kept: delivery?.type === 'kept' || delivery?.type === 'later',
    held: delivery?.type === 'held',
    refused: delivery?.type === 'refused',
    emoji: isEmoji(text),
    marked,
  };
  return html`<div class="line">
    <div
      class=${classMap(kind)}
      part="bubble"
      dir="auto"
      data-message=${id}
      tabindex=${marked ? '-1' : nothing}
      @pointerdown=${(event: PointerEvent) => longPress(event, (at) => context.menu(id, at, null))}
      @animationend=${context.settled}
    >
      ${says ? html`<span class="sr">${says}</span>` : nothing}${
        quoted ? quote(quoted, context) : nothing
      }<span class="words" id="words-${id}">${linkified(text, context.contacts)}</span>
    </div>
    ${moreButton(id, context)}
  </div>`;
}

function quote(quoted: Quoted, context: BlockContext): TemplateResult {
  const { words } = context;
  const line = quotedLine(quoted, words, words.answers);
  if (quoted.type !== 'message') return html`<span class="quoted gone" part="quote">${line}</span>`;
  return html`<button
    type="button"
    class="quoted"
    part="quote"
    title=${words.toQuoted}
    @click=${() => context.reach(quoted.id)}
  >
    ${line}
  </button>`;
}

/** One stop for Tab in the whole thread; Page Up and Page Down go from message to message. */
function moreButton(id: string, context: BlockContext): TemplateResult {
  const { words } = context;
  const open = (event: Event): void => {
    event.preventDefault();
    const button = event.currentTarget as HTMLElement;
    context.menu(id, button.getBoundingClientRect(), button);
  };
  return html`<button
    type="button"
    class="more-of"
    aria-live="off"
    tabindex=${context.current === id ? '0' : '-1'}
    aria-label=${words.actions}
    aria-describedby="words-${id}"
    aria-haspopup="menu"
    aria-expanded=${context.menuOf === id ? 'true' : 'false'}
    title=${words.actions}
    @click=${open}
    @contextmenu=${open}
    @focus=${() => context.stopAt(id)}
    @keydown=${(event: KeyboardEvent) => {
      if (event.key === 'ArrowDown') open(event);
      else if (event.key === 'PageUp') context.step(event, -1);
      else if (event.key === 'PageDown') context.step(event, 1);
    }}
  >
    ${ellipsisIcon}
  </button>`;
}
