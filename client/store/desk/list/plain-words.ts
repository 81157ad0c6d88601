/** Words as a search compares them: without accents, capitals and signs. */
export const plainWords = (text: string): string[] =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');

/** Whether each of the words stands somewhere in a text of plain words. */
export const holdsAll = (plain: string, words: readonly string[]): boolean =>
  words.every((word) => plain.includes(word));
