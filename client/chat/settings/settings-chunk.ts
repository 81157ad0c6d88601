/** Settings, and what is said about this device and its visitor. */
import { switchSheet } from '../../styles/switch-sheet.ts';
import { settingsStyles } from './settings-styles.ts';

export { attributesLine } from './attributes-note.ts';
export { endedLine } from './ended-line.ts';
export { settingsView } from './settings-view.ts';

/** What the panel adopts with them. */
export const styles = [switchSheet, settingsStyles];
