import { unsafeCSS } from 'lit';
import text from './panel.css?inline';

export const panelStyles = unsafeCSS(text);
