/** At most `length` UTF-16 units of a text, never half a character. */
export function cutText(text: string, length: number): string {
  const short = text.slice(0, length);
  return /[\ud800-\udbff]$/.test(short) ? short.slice(0, -1) : short;
}
