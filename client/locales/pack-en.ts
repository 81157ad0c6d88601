/** The widget's words in English; importing it makes them known. */
import { chatEn } from './chat-en.ts';
import { commonEn } from './common-en.ts';
import { addPack } from './packs.ts';

addPack('en', { chat: chatEn, common: commonEn });
