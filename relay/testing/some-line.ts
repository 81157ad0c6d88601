/** A line of the audit, for a test that acts beside the API. */
import { type ActLine, OPERATOR } from '../../shared/api/route/act.ts';

export const someLine: ActLine = {
  at: 1,
  by: OPERATOR,
  act: 'tested',
  target: '',
  why: '',
  salt: new Uint8Array(16),
};
