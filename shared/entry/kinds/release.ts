/** Whoever has the conversation releases it; a manager may do it for them. */
import { Role } from '../../grant/roles.ts';
import { roomKind } from '../schema/kind.ts';

export const release = roomKind({
  code: 5,
  name: 'release',
  fields: {},
  may: (who) => who.own || who.role === Role.manager,
  own: (_body, member, conversation) => conversation.holds(member),
  note: 'released',
  effect: () => ({ frees: true }),
});
