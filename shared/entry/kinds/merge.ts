/** The relay's own entry: two members of this conversation are one person (PROTOCOL.md §9). */
import { Role } from '../../grant/roles.ts';
import { memberId } from '../schema/field.ts';
import { roomKind } from '../schema/kind.ts';

export const merge = roomKind({
  code: 65,
  name: 'merge',
  fields: {
    /** Who they were known as. */
    from: memberId,
    to: memberId,
  },
  may: (who) => who.role === Role.relay,
  effect: ({ from, to }) => ({ unites: { from, to } }),
});
