/** The relay's own entry: a message is hidden. Its row leaves the room, and this says where it was and why. */
import { Role } from '../../grant/roles.ts';
import { entryId, u8 } from '../schema/field.ts';
import { roomKind } from '../schema/kind.ts';

export const hide = roomKind({
  code: 96,
  name: 'hide',
  fields: {
    /** The message, or the question. */
    target: entryId,
    /** 1: several reports. 2: a guardian. 3: a manager. 4: the filter. */
    cause: u8,
  },
  may: (who) => who.role === Role.relay,
  effect: () => ({}),
});
