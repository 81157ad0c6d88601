/** What is on the page before the chat is opened, and beside it afterwards: launcher, preview, failure. */
import type { LauncherWords } from '../../locales/launcher-words.ts';
import type { ChatFailure } from './chat-failure.ts';
import type { LauncherPerson } from './launcher-person.ts';
import { chevronPath, crossPath, element, fill, icon } from './dom.ts';

export interface LauncherState {
  readonly words: LauncherWords;
  readonly inline: boolean;
  readonly open: boolean;
  readonly busy: boolean;
  readonly people: readonly LauncherPerson[];
  /** `asking`: nobody knows yet. null: the relay cannot be reached. */
  readonly here: number | null | 'asking';
  readonly unread: number;
  /** That number, in words. */
  readonly unreadText: string;
  /** What stands in the place of the question: the title of a conversation that goes on; empty for none. */
  readonly title: string;
  /** What there is to say of it, or an invitation to help; empty for none. */
  readonly news: string;
  readonly failure: ChatFailure | null;
}

export interface LauncherActions {
  readonly toggle: () => void;
  readonly retry: () => void;
  readonly hideFailure: () => void;
}

const HEADS = 3;

export class LauncherView {
  readonly wrap: HTMLElement;
  readonly launcher: HTMLButtonElement;
  readonly #faces = element('span', { class: 'faces', 'aria-hidden': 'true' });
  readonly #line = element('span', { class: 'line' });
  readonly #title = element('b');
  readonly #count = element('span', { class: 'count', role: 'img' });
  /** It is there from the start: a live region that appears together with its text is not announced. */
  readonly peek = element('div', { role: 'status' });
  readonly #failure = element('div', { role: 'status' });
  readonly #actions: LauncherActions;
  #shown = '';

  constructor(actions: LauncherActions) {
    this.#actions = actions;
    const text = element('span', { class: 'text' }, this.#title, this.#line);
    const custom = element('slot', { name: 'launcher' }, this.#faces);
    this.launcher = element(
      'button',
      { class: 'launcher', part: 'launcher', 'aria-haspopup': 'dialog' },
      custom,
      text,
      this.#count,
      icon(chevronPath),
    );
    this.launcher.addEventListener('click', actions.toggle);
    this.wrap = element('div', { class: 'wrap' }, this.#failure, this.peek, this.launcher);
  }

  show(state: LauncherState): void {
    const { words, busy, inline } = state;
    // Changes only what differs: a live region drawn again would be announced again.
    const shown = textOf(state);
    if (shown === this.#shown) return;
    this.#shown = shown;
    // On the page's own place the launcher itself says that the chat opens.
    const open = state.open || (busy && !inline);
    this.wrap.className = `wrap${inline ? ' inline' : ''}${open ? ' open' : ''}`;
    this.launcher.setAttribute('aria-expanded', `${open}`);
    this.launcher.setAttribute('aria-busy', `${busy}`);
    // Empty, it names nothing: then what stands in it does.
    this.launcher.setAttribute('aria-label', open ? words.close : '');
    this.#title.textContent = open ? '' : state.title || words.ask;
    fill(this.#line, open ? [] : lineOf(state));
    fill(this.#faces, open ? [] : heads(state));
    this.#count.hidden = !state.unread;
    this.#count.textContent = `${state.unread}`;
    this.#count.setAttribute('aria-label', state.unreadText);
    fill(this.#failure, this.#card(state));
  }

  /** The panel's outline until it is there, or why it is not. */
  #card({ failure, words, busy, inline }: LauncherState): Node[] {
    if (busy && !inline)
      return [
        element(
          'div',
          { class: 'frame' },
          element('b', {}, words.ask),
          element('p', {}, words.opening),
          this.#cross(words.close, this.#actions.toggle),
        ),
      ];
    if (!failure) return [];
    const again = element('button', { class: 'again' }, words.retry);
    again.addEventListener('click', this.#actions.retry);
    return [
      element(
        'div',
        { class: 'failure', part: 'failure' },
        element('p', {}, failure.said ?? words.failed),
        this.#cross(words.close, this.#actions.hideFailure),
        element('slot', { name: 'fallback' }),
        failure.final ? null : again,
      ),
    ];
  }

  #cross(label: string, click: () => void): HTMLElement {
    const cross = element('button', { class: 'x', 'aria-label': label }, icon(crossPath));
    cross.addEventListener('click', click);
    return cross;
  }
}

/** The second line of the launcher: who is here, or what to expect. */
function lineOf({ words, busy, here, news }: LauncherState): (Node | string)[] {
  const dot = (presence: string): Node =>
    element('span', { class: 'dot', 'data-presence': presence });
  if (busy) return [words.opening];
  if (news) return [news];
  if (here === 'asking') return ['\u00a0'];
  if (here === null) return [dot('unknown'), words.unknown];
  if (here > 0) return [dot('here'), words.here(here)];
  return [words.later];
}

/** The counter's heads: outlines while nobody is known to be here. */
function heads({ people, here }: LauncherState): Node[] {
  const some = here !== 'asking' && people.length > 0;
  const count = some && people.length < HEADS ? people.length : HEADS;
  const made: Node[] = [];
  for (let at = 0; at < count; at++) made[at] = head((some && people[at]) || null);
  return made;
}

function head(person: LauncherPerson | null): HTMLElement {
  return element(
    'span',
    {
      class: person?.presence.type === 'here' ? 'face' : 'face away',
      'data-hue': `${person?.hue ?? ''}`,
    },
    person && person.initials,
  );
}

/** All that a state shows, as one text. */
function textOf({ words, people, failure, ...state }: LauncherState): string {
  let text = `${words.lang}${failure && `${failure.said}${failure.final}`}`;
  for (const name in state) text += `\n${state[name as keyof typeof state]}`;
  for (let at = 0; at < people.length; at++) {
    const { initials, hue, presence } = people[at]!;
    text += `\n${initials}${hue}${presence.type}`;
  }
  return text;
}
