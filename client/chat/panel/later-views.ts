/** What a first screen does not need: conversations, settings, open spaces, the preview of an answer. */
export { conversationPart } from '../../store/chat/conversation-part.ts';
export { openSpacePart } from '../../store/chat/open-space.ts';
export { attachChime } from '../chime.ts';
export { LauncherCards } from '../launcher-cards.ts';
export { partsSheet } from '../../styles/parts-sheet.ts';
export { switchSheet } from '../../styles/switch-sheet.ts';
export { laterStyles } from './later-styles.ts';
export { endedLine } from './ended-line.ts';
export { takeLinkCode } from './link-code.ts';
export { openSection } from './open-section.ts';
export { settingsView } from './settings-view.ts';
export { talkView } from './talk-view.ts';
export { talksView } from './talks-view.ts';
export { toldLine } from './told.ts';
import '../../locales/all-packs.ts';
