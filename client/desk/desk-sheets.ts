/** The sheets that every root of the desk adopts. */
import { type CSSResult, unsafeCSS } from 'lit';
import controlsText from '../styles/controls.css?inline';
import { partsSheet } from '../styles/parts-sheet.ts';
import { base, tokens } from '../styles/sheets.ts';
import { switchSheet } from '../styles/switch-sheet.ts';
import partsText from './desk-parts.css?inline';

export const deskSheets: readonly CSSResult[] = [
  tokens,
  base,
  partsSheet,
  switchSheet,
  unsafeCSS(controlsText),
  unsafeCSS(partsText),
];
