/** Each entry's text ends with a mark and a number, so that it is found in whatever bytes a server sends. */
const MARK = Buffer.from('@@@@');
const DIGITS = 8;
const ZERO = 48;

export const marked = (text: string, number: number): string =>
  `${text} @@@@${String(number).padStart(DIGITS, '0')}`;

/** Calls `found` with the number of each entry in the bytes. */
export function findMarks(bytes: Buffer, found: (number: number) => void): void {
  let at = bytes.indexOf(MARK);
  while (at >= 0) {
    let number = 0;
    const from = at + MARK.length;
    for (let digit = 0; digit < DIGITS; digit++)
      number = number * 10 + ((bytes[from + digit] ?? 0) - ZERO);
    found(number);
    at = bytes.indexOf(MARK, from + DIGITS);
  }
}
