/** Why the chat cannot open in this browser, in the visitor's words. */
import { chatWords } from '../locales/chat-words.ts';
import type { ChatFailure } from './launcher/chat-failure.ts';

/** The error of an opening that failed, with the words for it where there are some. */
export function told(error: unknown, lang: string): unknown {
  if (!(error instanceof Error)) return error;
  const { unsupported, storageClosed } = chatWords(lang);
  if (error.name === 'UnsupportedError')
    return Object.assign(error, { said: unsupported, final: true } satisfies ChatFailure);
  if (error.name === 'StorageError')
    return Object.assign(error, { said: storageClosed } satisfies ChatFailure);
  return error;
}
