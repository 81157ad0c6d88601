/** The widget's words in French; importing it makes them known. */
import { chatFr } from './chat-fr.ts';
import { commonFr } from './common-fr.ts';
import { addPack } from './packs.ts';

addPack('fr', { chat: chatFr, common: commonFr });
