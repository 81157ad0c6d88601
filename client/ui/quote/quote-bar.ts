/** Above a composer: which message is being answered, until it is sent or dropped. */
import { type TemplateResult, html, nothing } from 'lit';
import { threadWords } from '../../locales/thread-words.ts';
import { messageIn } from '../../store/conversation/message-in.ts';
import { quotedMessage } from '../../store/conversation/quoting.ts';
import type { Quoted, ThreadState } from '../../store/conversation/thread-state.ts';
import { xIcon } from '../icons.ts';
import { quotedLine } from './quoted-line.ts';

export interface QuoteBarOptions {
  readonly thread: ThreadState | null;
  /** Which message is answered; empty for none. */
  readonly quotes: string;
  /** Language of the words, as a BCP 47 tag. */
  readonly locale: string;
  readonly drop: () => void;
}

/** The live region stays in the document: what comes into it is said. */
export function quoteBar({ thread, quotes, locale, drop }: QuoteBarOptions): TemplateResult {
  const quoted = quotes && thread?.status === 'ready' ? quotedIn(thread, quotes) : null;
  const words = threadWords(locale);
  return html`<div role="status">
    ${
      quoted
        ? html`<div class="quoting" part="quote">
            <p class="quoted ${quoted.type === 'message' ? '' : 'gone'}">
              ${quotedLine(quoted, words, words.quoting)}
            </p>
            <button
              type="button"
              class="icon-button"
              aria-label=${words.quoteDrop}
              title=${words.quoteDrop}
              @click=${drop}
            >
              ${xIcon}
            </button>
          </div>`
        : nothing
    }
  </div>`;
}

function quotedIn(thread: ThreadState, id: string): Quoted {
  const found = messageIn(thread, id);
  return found ? quotedMessage(found) : { type: 'withdrawn' };
}
