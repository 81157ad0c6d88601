/** What is on the page before the chat is opened, and beside it afterwards: launcher, preview, failure. */
import type { LauncherWords } from '../../locales/launcher-words.ts';
import type { ChatFailure } from './chat-failure.ts';
import type { LauncherPerson } from './launcher-person.ts';
import type { LiveSummary } from './live-summary.ts';
import type { SpaceSummary } from './space-summary.ts';
import { chevronPath, crossPath, element, fill, icon } from './dom.ts';

export interface LauncherState {
  readonly words: LauncherWords;
  readonly inline: boolean;
  readonly open: boolean;
  readonly busy: boolean;
  /** What the opened chat knows. */
  readonly live: LiveSummary | null | undefined;
  /** What the relay said before. Undefined: nobody knows yet. Null: the relay cannot be reached. */
  readonly summary: SpaceSummary | null | undefined;
  readonly failure: ChatFailure | null;
}

export interface LauncherActions {
  readonly toggle: () => unknown;
  readonly retry: () => unknown;
  readonly hideFailure: () => unknown;
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
  #card = '';

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
    this.launcher.onclick = actions.toggle;
    this.wrap = element('div', { class: 'wrap' }, this.#failure, this.peek, this.launcher);
  }

  show(state: LauncherState): void {
    const { words, busy, inline, live, summary, failure } = state;
    const unread = live?.unread ?? 0;
    // While the socket opens, what the relay said before counts.
    const here = live?.here === undefined ? summary && summary.here : live.here;
    const people = live?.people.length ? live.people : summary?.faces;
    // On the page's own place the launcher itself says that the chat opens.
    const open = state.open || (busy && !inline);
    this.wrap.className = `wrap${inline ? ' inline' : ''}${open ? ' open' : ''}`;
    this.launcher.setAttribute('aria-expanded', `${open}`);
    this.launcher.setAttribute('aria-busy', `${busy}`);
    // Empty, it names nothing: then what stands in it does.
    this.launcher.setAttribute('aria-label', open ? words.close : '');
    this.#title.textContent = open ? '' : live?.title || words.ask;
    fill(this.#line, open ? [] : lineOf(words, busy, live?.news, here));
    fill(this.#faces, open ? [] : heads((here !== undefined && people) || []));
    this.#count.hidden = !unread;
    this.#count.textContent = `${unread}`;
    this.#count.setAttribute('aria-label', live?.unreadText ?? '');
    // Only if it differs: a live region drawn again would be announced again.
    const card = `${words.lang}${busy && !inline}${!failure}${failure?.said}`;
    if (card !== this.#card) fill(this.#failure, this.#cardOf(state));
    this.#card = card;
  }

  /** The panel's outline until it is there, or why it is not. */
  #cardOf({ failure, words, busy, inline }: LauncherState): Node[] {
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
    again.onclick = this.#actions.retry;
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

  #cross(label: string, click: () => unknown): HTMLElement {
    const cross = element('button', { class: 'x', 'aria-label': label }, icon(crossPath));
    cross.onclick = click;
    return cross;
  }
}

/** The second line of the launcher: who is here, or what to expect. */
function lineOf(
  words: LauncherWords,
  busy: boolean,
  news: string | undefined,
  here: number | null | undefined,
): (Node | string)[] {
  const dot = (presence: string): Node => element('span', { class: `dot ${presence}` });
  if (busy) return [words.opening];
  if (news) return [news];
  if (here === undefined) return ['\u00a0'];
  if (here === null) return [dot('unknown'), words.unknown];
  if (here > 0) return [dot(''), words.here(here)];
  return [words.later];
}

/** The counter's heads: outlines while nobody is known to be here. */
function heads(people: readonly LauncherPerson[]): Node[] {
  const count = people.length && people.length < HEADS ? people.length : HEADS;
  const made: Node[] = [];
  for (let at = 0; at < count; at++) made[at] = head(people[at]);
  return made;
}

function head(person: LauncherPerson | undefined): HTMLElement {
  return element(
    'span',
    {
      class: person?.presence.type === 'here' ? 'face' : 'face away',
      'data-hue': `${person?.hue ?? ''}`,
    },
    person ? person.initials : null,
  );
}
