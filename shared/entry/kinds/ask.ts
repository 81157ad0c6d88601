/** The question: it makes the conversation, and gives it to its author. */
import { bytes16, language, page, spaceId, words } from '../schema/field.ts';
import { roomKind } from '../schema/kind.ts';

export const ask = roomKind({
  code: 2,
  name: 'ask',
  fields: {
    /** The 16 random bytes that make the conversation's id together with the author's key. */
    salt: bytes16,
    space: spaceId,
    text: words,
    page,
    /** Language of the asker's screen. */
    lang: language,
  },
  may: (who) => who.owner,
  effect: ({ space, text, page, lang }) => ({ asks: { space, page, lang }, says: text }),
});
