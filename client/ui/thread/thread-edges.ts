/** What a thread shows besides what was said: that it is on its way, and that somebody is writing. */
import { type TemplateResult, html } from 'lit';
import type { MessageWords } from '../../locales/thread-words.ts';
import type { Person } from '../../store/person.ts';
import { avatar } from '../avatar.ts';

export function bones(loading: string): TemplateResult {
  const bone = (lines: TemplateResult): TemplateResult =>
    html`<div class="group">
      ${avatar(null)}
      <div class="stack"><div class="bubble">${lines}</div></div>
    </div>`;
  return html`<div class="thread bones" aria-busy="true">
    <span class="sr">${loading}</span>
    ${bone(html`<i class="bone b1"></i><i class="bone b2"></i>`)}
    ${bone(html`<i class="bone b3"></i>`)}
  </div>`;
}

export const typist = (typing: readonly Person[], words: MessageWords): TemplateResult =>
  html`<div class="thread">
    <div class="group typist">
      ${avatar(typing[0] ?? null)}
      <div
        class="bubble typing"
        role="img"
        aria-label=${words.typing(typing.map(({ name }) => name || words.nameless))}
      >
        <i></i><i></i><i></i>
      </div>
    </div>
  </div>`;
