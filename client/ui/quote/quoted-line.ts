/** The message that another answers: who said it and how it begins, or that it is gone. */
import { type TemplateResult, html } from 'lit';
import type { MessageWords } from '../../locales/thread-words.ts';
import type { Quoted } from '../../store/conversation/thread-state.ts';
import { unbroken } from '../unbroken.ts';

/** @param before what a screen reader says first; with the name it is one text, and has the marks of its language */
export function quotedLine(quoted: Quoted, words: MessageWords, before: string): TemplateResult {
  if (quoted.type !== 'message')
    return html`<span class="sr">${words.says(before)}</span
      ><span class="words">${words.gone[quoted.type]}</span>`;
  const name = quoted.mine ? words.you : quoted.from.name || words.nameless;
  return html`<span class="sr">${words.says(`${before} ${name}`)}</span
    ><b class="said" aria-hidden="true">${name}</b
    ><span class="words" dir="auto">${unbroken(quoted.text)}</span>`;
}
