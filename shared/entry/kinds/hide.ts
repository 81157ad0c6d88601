/** The relay's own entry: a message is hidden. Its row leaves the room, and this says where it was and why. */
import { Role } from '../../grant/roles.ts';
import { entryId, hiddenQuestion, u8 } from '../schema/field.ts';
import { roomKind } from '../schema/kind.ts';

export const hide = roomKind({
  code: 96,
  name: 'hide',
  fields: {
    /** The message, or the question. */
    target: entryId,
    /** A `HideCause`. */
    cause: u8,
    /** What is left of the target, if that is the question. */
    question: hiddenQuestion,
  },
  may: (who) => who.role === Role.relay,
  effect: ({ target, question }) => ({ hides: { target, ...(question && { question }) } }),
});
