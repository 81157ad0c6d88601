/** Lines that one person types and others are shown, on a screen or in a terminal. */
import * as v from 'valibot';

/**
 * One line: no control characters, none that turn the direction of what stands around it, no tower of
 * marks that covers the lines above. The joiners (U+200C, U+200D) stay: Persian and emoji are written
 * with them.
 */
export const plainLine = (longest: number) =>
  v.pipe(
    v.string(),
    v.maxLength(longest),
    v.regex(/^(?:[^\p{C}\p{Zl}\p{Zp}]|[\u200C\u200D])*$/u),
    v.check((text) => !/\p{M}{6}/u.test(text)),
  );

/** The same, without spaces around. */
export const line = (longest: number) => v.pipe(v.string(), v.trim(), plainLine(longest));

/** Something to see: fillers, blanks and marks alone would leave a name empty on the screen. */
export const visible = v.check<string>(
  (text) => text.replaceAll(/[\p{DI}\p{Z}\p{M}\u2800]/gu, '') !== '',
);
