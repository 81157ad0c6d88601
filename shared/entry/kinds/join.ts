/** A member of the desk shows who they are, by their grant, to those who do not know them yet. */
import { Limits } from '../../limits.ts';
import { blob } from '../schema/field.ts';
import { roomKind } from '../schema/kind.ts';
import { desk } from '../schema/standing.ts';

export const join = roomKind({
  code: 1,
  name: 'join',
  fields: {
    /** An encoded grant of the author's device. */
    grant: blob(Limits.grantBytes),
  },
  may: desk,
  effect: () => ({}),
});
