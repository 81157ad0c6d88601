import { unsafeCSS } from 'lit';
import text from './decision.css?inline';

export const decisionStyles = unsafeCSS(text);
