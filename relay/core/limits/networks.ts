/**
 * The networks of an address, known by keyed hashes: the address itself and its neighbourhood. What is
 * kept about where somebody was can be compared but not read. For IPv6, the owner of a line has a whole
 * /64 (RFC 6177), so nothing narrower means anything.
 */
import { bytesToText } from '../../../shared/bytes.ts';
import { textBytes } from '../../../shared/hash.ts';
import type { Seal } from '../ports/authority.ts';
import { forgetOldest } from './forget-oldest.ts';
import { parseIPv4, parseIPv6 } from './parse-address.ts';

/** A network: an address with all but its first `bits` zeroed. */
export interface Network {
  readonly family: 4 | 6;
  readonly bits: number;
  readonly bytes: Uint8Array;
}

/** The widths of the networks by which a client's address is remembered and charged, narrow first. */
const WIDTHS = { 4: [32, 24], 6: [64, 48] } as const;

/** The bytes of an address; undefined if it is not one. IPv4 in IPv6 is IPv4. */
function bytesOf(address: string): { family: 4 | 6; bytes: Uint8Array } | undefined {
  const plain = address.replace(/%.*$/, '');
  const narrow = parseIPv4(plain);
  if (narrow) return { family: 4, bytes: narrow };
  const bytes = parseIPv6(plain);
  if (!bytes) return undefined;
  const isMapped = bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 0xff;
  return isMapped && bytes[11] === 0xff
    ? { family: 4, bytes: bytes.slice(12) }
    : { family: 6, bytes };
}

/** The network of `bits` around an address; undefined if it is not an address. */
export function networkOf(address: string, bits: number): Network | undefined {
  const found = bytesOf(address);
  if (!found || bits > found.bytes.length * 8) return undefined;
  const bytes = found.bytes.map((byte, index) => {
    const kept = Math.min(8, Math.max(0, bits - index * 8));
    return byte & (0xff00 >> kept);
  });
  return { family: found.family, bits, bytes };
}

/** An address or a network as people write them: `203.0.113.9`, `203.0.113.0/24`, `2001:db8::/48`. */
export function parseNetwork(text: string): Network | undefined {
  const [address = '', bits, ...rest] = text.trim().split('/');
  if (rest.length > 0 || (bits !== undefined && !/^\d{1,3}$/.test(bits))) return undefined;
  const family = bytesOf(address)?.family;
  if (!family) return undefined;
  return networkOf(address, bits === undefined ? WIDTHS[family][0] : Number(bits));
}

/** The networks by which an address is remembered and charged, narrow first. */
export function networksOf(address: string): readonly Network[] {
  const family = bytesOf(address)?.family;
  if (!family) return [];
  return WIDTHS[family].flatMap((bits) => networkOf(address, bits) ?? []);
}

/** Whether networks of this width are among those by which addresses are remembered. */
export const isRemembered = ({ family, bits }: Network): boolean =>
  WIDTHS[family].some((width) => width === bits);

export interface AddressNames {
  readonly narrow: string;
  readonly wide: string;
}

/** Each entry asks for the names of where it comes from. */
const recentNames = new Map<string, AddressNames>();
const MOST_RECENT = 5_000;
/** An address is no longer; what a proxy passes on might be. */
const LONGEST_RECENT = 64;

/**
 * What an address is charged by: itself (for IPv6, the /64) and its neighbourhood. These are plain, so
 * they stay in memory.
 */
export function addressNames(address: string): AddressNames {
  let names = recentNames.get(address);
  if (!names) {
    const [narrow = address, wide = address] = networksOf(address).map(
      ({ bits, bytes }) => `${bytesToText(bytes)}/${bits}`,
    );
    names = { narrow, wide };
    if (address.length <= LONGEST_RECENT) recentNames.set(address, names);
    forgetOldest(recentNames, MOST_RECENT);
  }
  return names;
}

/** The keyed hash of a network. */
export const networkHash = (network: Network, seal: Seal): string =>
  bytesToText(
    seal(textBytes(`network\n${network.family}\n${network.bits}\n${bytesToText(network.bytes)}`)),
  );

/** What a manager sees of it: `IPv4 /24`. */
export const networkWidth = ({ family, bits }: Network): string => `IPv${family} /${bits}`;
