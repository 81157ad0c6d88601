/** An author withdraws one of their own messages: the relay erases it. The question itself stays. */
import { entryId } from '../schema/field.ts';
import { roomKind } from '../schema/kind.ts';

export const retract = roomKind({
  code: 6,
  name: 'retract',
  fields: {
    /** The author's own `say`. */
    target: entryId,
  },
  may: (who) => who.own,
  own: ({ target }, member, conversation) => conversation.said(target, member),
  evenWhenFull: ({ target }, conversation) => conversation.has(target),
  note: 'retracted',
  effect: ({ target }) => ({ withdraws: target }),
});
