/** The conversation is settled. A message of the asker opens it again: nobody is ever shut out. */
import { roomKind } from '../schema/kind.ts';
import { askerOrDesk } from '../schema/standing.ts';

export const close = roomKind({
  code: 7,
  name: 'close',
  fields: {},
  may: askerOrDesk,
  evenWhenFull: (_, { closed }) => !closed,
  note: 'closed',
  effect: () => ({ closes: true, frees: true }),
});
