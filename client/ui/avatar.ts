/**
 * A person's picture: their photo, otherwise initials on a hue from their key; an outline for a visitor
 * without a name.
 */
import { type TemplateResult, html, nothing } from 'lit';
import type { Person } from '../store/person.ts';
import { userIcon } from './icons.ts';

export type AvatarSize = 'xs' | 's' | 'm' | 'l' | 'xl';

/**
 * Photos that this page could not load, because of the site's policy or the network. Initials show
 * instead, and nothing asks again.
 */
const missing = new Set<string>();

/** Decorative: the name is always beside it. `dot` adds the presence. */
export function avatar(person: Person | null, size: AvatarSize = 'm', dot = false): TemplateResult {
  const presence = person?.presence.type;
  return html`<span
    class="avatar"
    part="avatar"
    data-size=${size}
    data-hue=${person?.hue ?? 'none'}
    aria-hidden="true"
    >${person?.initials ? person.initials : userIcon}${
      person?.photo && !missing.has(person.photo)
        ? html`<img
            alt=""
            loading="lazy"
            decoding="async"
            src=${person.photo}
            @error=${({ target }: Event) => {
              missing.add(person.photo);
              (target as HTMLElement).hidden = true;
            }}
          />`
        : nothing
    }${dot && presence ? html`<i class="dot" data-presence=${presence}></i>` : nothing}</span
  >`;
}

/** Up to three people, overlapping. */
export function faces(people: readonly Person[], size: AvatarSize = 's'): TemplateResult {
  return html`<span class="faces">${people.slice(0, 3).map((one) => avatar(one, size))}</span>`;
}
