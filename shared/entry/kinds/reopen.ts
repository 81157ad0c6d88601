/** The conversation goes on. */
import { roomKind } from '../schema/kind.ts';
import { askerOrDesk } from '../schema/standing.ts';

export const reopen = roomKind({
  code: 8,
  name: 'reopen',
  fields: {},
  may: askerOrDesk,
  note: 'reopened',
  effect: () => ({ reopens: true }),
});
