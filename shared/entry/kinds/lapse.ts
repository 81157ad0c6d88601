/** The relay's own entry: a claim ended because its holder was out of reach while the visitor waited. */
import { Role } from '../../grant/roles.ts';
import { entryId } from '../schema/field.ts';
import { roomKind } from '../schema/kind.ts';

export const lapse = roomKind({
  code: 64,
  name: 'lapse',
  fields: {
    /** The claim that ended. */
    claim: entryId,
  },
  may: (who) => who.role === Role.relay,
  note: 'lapsed',
  effect: ({ claim }) => ({ ends: claim }),
});
