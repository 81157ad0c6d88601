import { unsafeCSS } from 'lit';
import text from './report.css?inline';

export const reportStyles = unsafeCSS(text);
