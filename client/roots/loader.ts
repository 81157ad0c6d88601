/** The script that brands embed: the small element, which imports the rest on first open. */
import { ComptoirChat } from '../chat/comptoir-chat.ts';
import { loadChat } from './load-chat.ts';

ComptoirChat.define(loadChat);
