/** The relay's own entry: a hidden message is shown again. Its row comes again, in its place. */
import { Role } from '../../grant/roles.ts';
import { entryId } from '../schema/field.ts';
import { roomKind } from '../schema/kind.ts';

export const unhide = roomKind({
  code: 97,
  name: 'unhide',
  fields: {
    target: entryId,
  },
  may: (who) => who.role === Role.relay,
  effect: ({ target }) => ({ unhides: target }),
});
