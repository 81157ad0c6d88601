/** The message that another answers: who said it and how it begins, or that it is gone. */
import { type TemplateResult, html } from 'lit';
import type { MessageWords } from '../../locales/thread-words.ts';
import type { Quoted } from '../../store/conversation/thread-state.ts';
import { unbroken } from '../unbroken.ts';

export function quotedLine(quoted: Quoted, words: MessageWords): TemplateResult {
  if (quoted.type !== 'message') return html`<span class="words">${words.gone[quoted.type]}</span>`;
  const name = quoted.mine ? words.you : quoted.from.name || words.nameless;
  return html`<b class="said">${name}</b><span class="sr">: </span
    ><span class="words" dir="auto">${unbroken(quoted.text)}</span>`;
}
