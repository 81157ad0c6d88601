/** Imports the lazy part. A browser remembers a failed import, so another try uses another address. */
import type { ChatModule } from '../chat/chat-module.ts';

let failedAt: string | undefined;
let tries = 0;

export async function loadChat(again: boolean): Promise<ChatModule> {
  if (again && failedAt !== undefined) {
    return (await import(/* @vite-ignore */ `${failedAt}?again=${++tries}`)) as ChatModule;
  }
  try {
    return await import('./chat.ts');
  } catch (error) {
    // Chromium and Firefox name the address in the message; Safari tries again by itself.
    failedAt = /https?:\S+\.(?:js|ts)/.exec(String(error))?.[0];
    throw error;
  }
}
