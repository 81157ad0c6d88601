/** Every kind of entry. To add one, add a file under kinds/ and a line here. */
import { ask } from './ask.ts';
import { claim } from './claim.ts';
import { close } from './close.ts';
import { hide } from './hide.ts';
import { join } from './join.ts';
import { lapse } from './lapse.ts';
import { merge } from './merge.ts';
import { release } from './release.ts';
import { reopen } from './reopen.ts';
import { report } from './report.ts';
import { retract } from './retract.ts';
import { say } from './say.ts';
import { unhide } from './unhide.ts';

export const allKinds = [
  join,
  ask,
  say,
  claim,
  release,
  retract,
  close,
  reopen,
  report,
  lapse,
  merge,
  hide,
  unhide,
] as const;
