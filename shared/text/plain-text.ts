/**
 * What a person may write: the one definition, for devices and the relay alike. PROTOCOL.md §10 says it in
 * words. What was taken once is never judged again, so readers do not ask this of rows.
 */

/**
 * Never in any text: controls other than tab and line feed, halves of a surrogate pair, other separators of
 * lines, noncharacters, what turns the direction of the words around it, and annotations.
 */
const NEVER = /(?![\t\n])[\p{Cc}\p{Cs}\p{NChar}\u2028-\u202e\u2066-\u206f\ufff9-\ufffb]/u;

/**
 * Marks or invisible characters in a row: more hide a text or cover the lines above. The longest that
 * people write has some ten (Tibetan), a flag has six.
 */
const TOWER = /[\p{M}\p{DI}]{17}/u;

/** A character that shows. Some that show nothing are letters and symbols to Unicode. */
const SEEN = /[^\s\p{Cc}\p{Cf}\p{Cs}\p{M}\p{DI}\u2800\ufffc\u{13441}\u{13442}\u{1d159}]/u;

/** Whether a text has nothing that nobody may write. */
export const isPlainText = (text: string): boolean => !NEVER.test(text) && !TOWER.test(text);

/** Whether there is something to see: fillers, blanks and marks alone would leave the screen empty. */
export const isVisible = (text: string): boolean => SEEN.test(text);

/** Whether it can be said: plain, and something to see. */
export const isSayable = (text: string): boolean => isPlainText(text) && isVisible(text);

/** A text without what nobody may write; nothing, if there is nothing to see in it. */
export function cleanText(text: string): string {
  const clean = text
    .replaceAll(/\r\n|[\r\x85\u2028\u2029]/g, '\n')
    .replaceAll(new RegExp(NEVER, 'gu'), '')
    .replaceAll(/([\p{M}\p{DI}]{16})[\p{M}\p{DI}]+/gu, '$1');
  return isVisible(clean) ? clean : '';
}
