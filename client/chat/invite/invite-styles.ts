import { unsafeCSS } from 'lit';
import text from './invite.css?inline';

export const inviteStyles = unsafeCSS(text);
