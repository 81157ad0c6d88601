/** Somebody tells the brand's people about a message. It is counted in the relay's books, and nobody else reads it. */
import { SpaceMode } from '../../space-mode.ts';
import { entryId, note, u8 } from '../schema/field.ts';
import { booksKind } from '../schema/kind.ts';
import { askerOrDesk } from '../schema/standing.ts';

export const report = booksKind({
  code: 35,
  name: 'report',
  fields: {
    /** A message of this conversation, or its question. */
    target: entryId,
    /** A `ReportReason`. */
    reason: u8,
    text: note,
  },
  /** Whoever may read it. */
  may: (who) => askerOrDesk(who) || who.mode === SpaceMode.open,
});
