/** Whether a person is there: a shape and a word, never the shape alone. */
import { type TemplateResult, html } from 'lit';
import type { CommonWords } from '../locales/common-fr.ts';
import type { Presence } from '../store/person.ts';

/** The word alone: "ici", "là il y a 5 min", "inconnu". */
export function presenceText(presence: Presence, words: CommonWords, now: number): string {
  switch (presence.type) {
    case 'here':
      return words.here;
    case 'seen':
      return words.seen(presence.at, now);
    case 'unknown':
      return words.unknown;
  }
}

export function presenceLine(type: Presence['type'], text: string): TemplateResult {
  return html`<span class="presence" part="presence"
    ><i class="dot" data-presence=${type}></i><span class="cut">${text}</span></span
  >`;
}
