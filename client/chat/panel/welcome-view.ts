/** The first screen: who is here, what people often ask, and the composer at once. */
import { type TemplateResult, html, nothing } from 'lit';
import type { Person } from '../../store/person.ts';
import { avatar } from '../../ui/avatar.ts';
import { chevronRightIcon, messageSquareTextIcon, settingsIcon } from '../../ui/icons.ts';
import { presenceText } from '../../ui/presence.ts';
import { closeButton, iconButton } from '../screen/bar.ts';
import { composerFooter } from '../screen/composer-footer.ts';
import type { PanelContext } from '../screen/panel-context.ts';

const AT_COUNTER = 4;

export function welcomeView(context: PanelContext): TemplateResult {
  const { state, words } = context;
  const { space } = state;
  const asleep = state.here === 0;
  const people = state.people.slice(0, AT_COUNTER);
  // Nobody is invited to ask who may not.
  const shut = state.network.type === 'blocked' || state.network.type === 'refused';
  const fine = html`<p class="fine">
    ${space.open ? words.fineOpen : words.fine}
    ${
      space.charter
        ? html`<button type="button" @click=${() => context.openSettings(true)}>
            ${words.charter}
          </button>`
        : nothing
    }
  </p>`;
  return html`<div class="bar bare" part="bar">
      ${iconButton(words.more, settingsIcon, () => context.openSettings())} ${closeButton(context)}
    </div>
    <div class="scroll" tabindex="-1">
      <div class="hero" part="hero">
        <h2 tabindex="-1" data-focus>${asleep ? words.asleep : space.greeting}</h2>
        <p>${asleep ? words.asleepHow : space.intro}</p>
        ${counter(people, asleep)}
      </div>
      ${people.length > 0 ? names(people, context) : nothing}
      <div class="pad">
        ${context.noticeList?.(context)} ${conversationRows(context)}
        ${context.openSection?.(context)}
        ${state.status === 'ready' && !shut ? suggestions(context) : nothing}
      </div>
    </div>
    ${composerFooter(context, words.ask, fine)}`;
}

/** Heads behind a bar: our one picture, made of the people who are here; outlines if nobody is. */
function counter(people: readonly Person[], asleep: boolean): TemplateResult {
  const known = people.length > 0;
  const heads = known ? people : [null, null, null];
  return html`<div class="counter ${asleep || !known ? 'away' : ''}" aria-hidden="true">
    ${heads.map((one) => html`<div class="head">${avatar(one, 'xl', !asleep)}</div>`)}
  </div>`;
}

function names(people: readonly Person[], { words, common, now }: PanelContext): TemplateResult {
  return html`<ul class="names" aria-label=${words.counter}>
    ${people.map(
      ({ name, presence, topics }) =>
        html`<li>
          <b class="said">${name}</b
          ><span
            >${
              presence.type === 'here' && topics[0]
                ? html`<span class="sr">${common.here}, </span>${topics[0]}`
                : presenceText(presence, common, now)
            }</span
          >
        </li>`,
    )}
  </ul>`;
}

/** The last conversation, as far as this device knows it, and the way to all of them. */
function conversationRows(context: PanelContext): TemplateResult | typeof nothing {
  const { state, words, show } = context;
  const { conversations, unread } = state;
  const [latest] = conversations;
  if (!latest) return nothing;
  const { id, title, last } = latest;
  const mine = words.conversationsCount(1);
  return html`<div class="rows card">
    <button type="button" class="row" @click=${() => show({ type: 'thread', id })}>
      ${messageSquareTextIcon}<span
        >${title ? html`<span class="sr">${mine}, </span><b class="cut said">${title}</b>` : mine}${
          last && last !== title ? html`<small class="cut said">${last}</small>` : nothing
        }</span
      >
      ${
        unread > 0
          ? html`<span class="count"
              ><span aria-hidden="true">${unread}</span
              ><span class="sr">${words.unread(unread)}</span></span
            >`
          : nothing
      }
      ${chevronRightIcon}
    </button>
    ${
      conversations.length > 1
        ? html`<button type="button" class="row" @click=${() => show({ type: 'conversations' })}>
            <span>${words.conversationsCount(conversations.length)}</span>${chevronRightIcon}
          </button>`
        : nothing
    }
  </div>`;
}

function suggestions(context: PanelContext): TemplateResult | typeof nothing {
  const { state, words } = context;
  if (state.space.suggestions.length === 0) return nothing;
  return html`<div class="section">
    <h3 class="section-title">${words.often}</h3>
    <p class="how">${words.oftenHow}</p>
    <ul class="rows card">
      ${state.space.suggestions.map(
        (text) =>
          html`<li>
            <button type="button" class="row" @click=${() => context.suggest(text)}>
              <span class="said">${text}</span>${chevronRightIcon}
            </button>
          </li>`,
      )}
    </ul>
  </div>`;
}
