/** What a first screen does not need: conversations, settings, the preview of an answer. */
export { attachChime } from '../chime.ts';
export { switchSheet } from '../../styles/switch-sheet.ts';
export { laterStyles } from './later-styles.ts';
export { takeLinkCode } from './link-code.ts';
export { settingsView } from './settings-view.ts';
export { talkView } from './talk-view.ts';
export { talksView } from './talks-view.ts';
import '../peek/comptoir-peek.ts';
import '../../locales/all-packs.ts';
