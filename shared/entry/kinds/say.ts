/** A message. */
import { SpaceMode } from '../../space-mode.ts';
import { quoted, words } from '../schema/field.ts';
import { roomKind } from '../schema/kind.ts';
import { askerOrDesk } from '../schema/standing.ts';

export const say = roomKind({
  code: 3,
  name: 'say',
  fields: {
    text: words,
    /** What it answers, in the same conversation; what it names may be gone, or never have been there. */
    quotes: quoted,
  },
  may: (who) => askerOrDesk(who) || who.mode === SpaceMode.open,
  effect: ({ text }) => ({ says: text }),
});
