/** The sheets that every root of the desk adopts. */
import { type CSSResult, unsafeCSS } from 'lit';
import controlsText from '../styles/controls.css?inline';
import { base, tokens } from '../styles/sheets.ts';
import { switchSheet } from '../styles/switch-sheet.ts';
import partsText from './desk-parts.css?inline';

export const deskSheets: readonly CSSResult[] = [
  tokens,
  base,
  switchSheet,
  unsafeCSS(controlsText),
  unsafeCSS(partsText),
];
