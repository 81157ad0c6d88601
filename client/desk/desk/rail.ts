/** The desk's own navigation: a rail at the side, a bar at the bottom of a phone. */
import { type TemplateResult, html, nothing } from 'lit';
import type { DeskWords } from '../../locales/desk-words.ts';
import type { DeskState } from '../../store/desk/desk-state.ts';
import { leavingOf, stoppedOf } from '../../store/desk/unsent.ts';
import { avatar } from '../../ui/avatar.ts';
import { settingsIcon } from '../../ui/icons.ts';
import { inboxIcon, markIcon, zapIcon } from '../../ui/more-icons.ts';
import { keyboardIcon, outboxIcon } from '../desk-icons.ts';
import { waitingForMe } from '../alerts/desk-alerts.ts';
import type { Side } from '../desk-intent.ts';

export interface RailOptions {
  readonly state: DeskState;
  readonly words: DeskWords;
  /** Where the reader is. */
  readonly here: 'inbox' | Side;
  readonly inbox: () => void;
  readonly show: (side: Side) => void;
  readonly help: () => void;
}

/** A badge has room for two digits. */
const short = (count: number): string => (count > 99 ? '99+' : String(count));

export function rail({ state, words, here, inbox, show, help }: RailOptions): TemplateResult {
  const { nav } = words;
  const waiting = waitingForMe(state);
  const leaving = leavingOf(state.unsent).length;
  const stopped = stoppedOf(state.unsent).length;
  const current = here === 'card' ? 'settings' : here;
  const button = (
    place: 'inbox' | Side,
    icon: TemplateResult,
    word: string,
    go: () => void,
    count: TemplateResult | typeof nothing = nothing,
  ): TemplateResult =>
    html`<button
      type="button"
      title=${word}
      aria-current=${current === place ? 'page' : nothing}
      @click=${go}
    >
      ${icon}<span class="word">${word}</span>${count}
    </button>`;
  return html`<nav class="rail" aria-label=${nav.label}>
    ${markIcon}
    ${button(
      'inbox',
      inboxIcon,
      nav.inbox,
      inbox,
      waiting > 0
        ? html`<span class="count" aria-label=${nav.waiting(waiting)}>${short(waiting)}</span>`
        : nothing,
    )}
    ${button('canned', zapIcon, nav.canned, () => show('canned'))}
    ${button(
      'unsent',
      outboxIcon,
      nav.unsent,
      () => show('unsent'),
      leaving + stopped > 0
        ? html`<span class="count ${stopped > 0 ? '' : 'calm'}"
            >${leaving > 0 ? short(leaving) : ''}${
              stopped > 0
                ? html`<span aria-hidden="true">!</span
                    ><span class="sr">, ${words.unsent.stopped}</span>`
                : nothing
            }</span
          >`
        : nothing,
    )}
    ${button('settings', settingsIcon, nav.settings, () => show('settings'))}
    <button type="button" class="help" title=${nav.keys} aria-label=${nav.keys} @click=${help}>
      ${keyboardIcon}
    </button>
    <button type="button" class="me" title=${words.card.open} @click=${() => show('card')}>
      ${avatar(state.me, 'm', true)}<span class="sr">${words.card.open}</span>
    </button>
  </nav>`;
}
