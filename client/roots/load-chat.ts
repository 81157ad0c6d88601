/**
 * Imports the lazy part in a frame of its own, or in the page where that is not possible. A browser remembers
 * a failed import, and a page of an older release asks for files that are gone; a new frame asks afresh.
 */
import type { ChatModule } from '../chat/chat-module.ts';
import { type ChatFrame, openFrame } from '../chat/frame/open-frame.ts';

let frame: Promise<ChatFrame> | undefined;

/** Imports it where this script runs. */
export const importChat = (): Promise<ChatModule> => import('./chat.ts');

/** @param script the address of the loader, which the frame runs too */
export async function loadChat(script: string): Promise<ChatModule> {
  try {
    if (!frame || (await frame).isGone) frame = openFrame(script);
    return await (await frame).load();
  } catch (error) {
    frame = undefined;
    console.warn('comptoir:', error);
    return importChat();
  }
}
