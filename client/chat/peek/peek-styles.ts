import { unsafeCSS } from 'lit';
import text from './peek.css?inline';

export const peekStyles = unsafeCSS(text);
