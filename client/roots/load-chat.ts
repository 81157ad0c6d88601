/**
 * Imports the lazy part in a frame of its own, or in the page where that is not possible. A browser remembers
 * a failed import, and a page of an older release asks for files that are gone; a new frame asks afresh.
 */
import type { ChatModule } from '../chat/chat-module.ts';
import { type ChatFrame, openFrame } from '../chat/frame/open-frame.ts';
import { isFrench } from '../chat/launcher/plain.ts';

let frame: Promise<ChatFrame> | undefined;

/** The file that `./chat.ts` becomes; the build writes its name here. */
const FIRST = 'comptoir:first';

/** Imports it where this script runs, and beside it the words of a language. */
export function importChat(lang: string): Promise<ChatModule> {
  (isFrench(lang) ? import('../locales/pack-fr.ts') : import('../locales/pack-en.ts')).then(
    undefined,
    () => {}, // the chat asks for them again, and tells
  );
  return import('./chat.ts');
}

/** @param script the address of the loader, which the frame runs too */
export async function loadChat(script: string, lang: string): Promise<ChatModule> {
  try {
    if (!frame || (await frame).isGone) frame = openFrame(script, FIRST);
    return await (await frame).load(lang);
  } catch (error) {
    frame = undefined;
    console.warn('comptoir:', error);
    return importChat(lang);
  }
}
