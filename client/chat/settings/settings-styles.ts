import { unsafeCSS } from 'lit';
import text from './settings.css?inline';

/** The sheet that the panel adopts when the settings arrive. */
export const settingsStyles = unsafeCSS(text);
