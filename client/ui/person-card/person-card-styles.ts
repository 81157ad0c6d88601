import { unsafeCSS } from 'lit';
import text from './person-card.css?inline';

export const personCardStyles = unsafeCSS(text);
