/**
 * Keeps French marks with their word where a text is shown: a `?` never stands alone on a line. What was
 * written stays as it is.
 */
export const unbroken = (text: string): string =>
  text
    .replaceAll(/(?<=\S) (?=[?!;:»%€]+(?:[\s.,)»]|$))/gu, '\u00a0')
    .replaceAll(/(?<=«) (?=\S)/gu, '\u00a0');
