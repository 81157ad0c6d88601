import { unsafeCSS } from 'lit';
import text from './notice.css?inline';

/** For whoever lists decisions. */
export const noticeStyles = unsafeCSS(text);
