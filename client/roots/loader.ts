/**
 * The script that brands embed: the small element, which imports the rest on first open. It runs once more
 * in the frame that the rest runs in, and there only gives what imports it.
 */
import { ComptoirChat } from '../chat/comptoir-chat.ts';
import type { FrameWindow } from '../chat/frame/open-frame.ts';
import { importChat, loadChat } from './load-chat.ts';

const { comptoirReady } = window as unknown as FrameWindow;
// An element of the page may have that id.
if (comptoirReady?.call) comptoirReady(importChat);
else ComptoirChat.define((lang) => loadChat(import.meta.url, lang));
