import { unsafeCSS } from 'lit';
import text from './launcher-card.css?inline';

export const launcherCardStyles = unsafeCSS(text);
