import { unsafeCSS } from 'lit';
import text from './conversation.css?inline';

/** The sheet that the panel adopts when the conversation screens arrive. */
export const conversationStyles = unsafeCSS(text);
