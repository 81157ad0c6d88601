/** Who a member of the desk is: photo, role, since when, what they know and own. */
import { type TemplateResult, html, nothing } from 'lit';
import type { CommonWords } from '../../locales/common-fr.ts';
import type { Person } from '../../store/person.ts';
import { avatar } from '../avatar.ts';
import { xIcon } from '../icons.ts';
import { presenceLine, presenceText } from '../presence.ts';
import { roleBadge } from '../role-badge.ts';
import { cardWords } from './card-words.ts';

/** @param leave closes it, by its button, Escape or a press beside it */
export function personCard(
  person: Person,
  common: CommonWords,
  at: number,
  leave: () => void,
): TemplateResult {
  const words = cardWords(common.lang);
  const { name, role, presence, card } = person;
  const shown = name || common.nameless;
  const { topics = [], owns = [], store = '', since = 0 } = card ?? {};
  const month = new Intl.DateTimeFormat(common.lang, { month: 'long', year: 'numeric' });
  const bare = topics.length + owns.length === 0 && store === '';
  return html`<div class="beside" @click=${leave}></div>
    <section
      class="sheet person-card"
      part="card"
      role="dialog"
      aria-label=${shown}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        leave();
      }}
    >
      <button type="button" class="icon-button close" aria-label=${words.close} @click=${leave}>
        ${xIcon}
      </button>
      <div class="head">
        ${avatar(person, 'xl')}
        <div>
          <h3 class="said">${shown}</h3>
          ${roleBadge(role, common)}
          <p>${presenceLine(presence.type, presenceText(presence, common, at))}</p>
        </div>
      </div>
      ${since > 0 ? html`<p class="since">${words.since(month.format(since))}</p>` : nothing}
      ${
        bare
          ? nothing // what is not there needs no words
          : html`<dl>
              ${list(words.topics, topics)} ${list(words.owns, owns)}
              ${
                store
                  ? html`<dt>${words.store}</dt>
                      <dd class="said">${store}</dd>`
                  : nothing
              }
            </dl>`
      }
    </section>`;
}

function list(title: string, items: readonly string[]): TemplateResult | typeof nothing {
  if (items.length === 0) return nothing;
  return html`<dt>${title}</dt>
    <dd>
      <ul class="chips said">
        ${items.map((item) => html`<li>${item}</li>`)}
      </ul>
    </dd>`;
}
