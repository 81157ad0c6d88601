/** How much memory the relay's machine has for it. */
import { totalmem } from 'node:os';
import { constrainedMemory } from 'node:process';
import { WHOLE_MB } from '../core/memory/memory.ts';

const MB = 1_048_576;
/** The rest is for the program itself, for what its garbage takes until it is collected, and for the system. */
const SHARE = 0.5;

/** What all bounds together may come to, in MB, on this machine or in its container. */
export function machineMemoryMb(): number {
  const container = constrainedMemory();
  const most = Math.min(totalmem(), container > 0 ? container : Infinity);
  return Math.min(WHOLE_MB, Math.floor((most / MB) * SHARE));
}
