/** IP addresses from text, without the help of a platform (RFC 4291 §2.2, RFC 6943 §3.1.1). */

const LONGEST = 45;

/** The bytes of an IPv4 address, four decimal numbers; undefined for what is none. */
export function parseIPv4(text: string): Uint8Array | undefined {
  const parts = text.length <= LONGEST ? text.split('.') : [];
  const isAddress =
    parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && +part < 256);
  return isAddress ? Uint8Array.from(parts, Number) : undefined;
}

/** The bytes of an IPv6 address in any of its forms; undefined for what is none. */
export function parseIPv6(text: string): Uint8Array | undefined {
  const halves = text.length <= LONGEST ? text.split('::') : [];
  if (halves.length < 1 || halves.length > 2) return undefined;
  const [head, tail] = halves.map((half, index) => bytesOf(half, index === halves.length - 1));
  if (!head || (halves.length === 2 && !tail)) return undefined;
  if (!tail) return head.length === 16 ? Uint8Array.from(head) : undefined;
  const missing = 16 - head.length - tail.length;
  return missing >= 2 ? Uint8Array.from([...head, ...new Uint8Array(missing), ...tail]) : undefined;
}

/** Groups of four hexadecimal digits; the last may be an IPv4 address. */
function bytesOf(groups: string, isLast: boolean): number[] | undefined {
  if (groups === '') return [];
  const parts = groups.split(':');
  const bytes: number[] = [];
  for (const [index, part] of parts.entries()) {
    const mayBeIPv4 = isLast && index === parts.length - 1;
    const last = mayBeIPv4 ? parseIPv4(part) : undefined;
    if (last) bytes.push(...last);
    else if (/^[\da-f]{1,4}$/i.test(part)) {
      const value = Number.parseInt(part, 16);
      bytes.push(value >> 8, value & 0xff);
    } else return undefined;
  }
  return bytes;
}
