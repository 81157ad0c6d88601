/** A message. */
import { SpaceMode } from '../../space-mode.ts';
import { words } from '../schema/field.ts';
import { roomKind } from '../schema/kind.ts';
import { askerOrDesk } from '../schema/standing.ts';

export const say = roomKind({
  code: 3,
  name: 'say',
  fields: { text: words },
  may: (who) => askerOrDesk(who) || who.mode === SpaceMode.open,
  effect: ({ text }) => ({ says: text }),
});
