/** A member of the desk takes the conversation. */
import { roomKind } from '../schema/kind.ts';
import { desk } from '../schema/standing.ts';

export const claim = roomKind({
  code: 4,
  name: 'claim',
  fields: {},
  may: desk,
  note: 'claimed',
  effect: () => ({ claims: true }),
});
