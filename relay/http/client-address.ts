/** The address that a request comes from: the socket's, or what a trusted proxy says. */
import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

/** Proxies by address or network (`10.0.0.0/8`). @throws on one that is neither. */
export function proxyList(entries: readonly string[]): BlockList {
  const list = new BlockList();
  for (const entry of entries) {
    const [address = '', bits] = entry.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
}

/** The last address that no trusted proxy has, from the socket outwards. */
export function clientAddress(request: IncomingMessage, proxies: BlockList): string {
  const hops = String(request.headers['x-forwarded-for'] ?? '').split(',');
  let address = plainAddress(request.socket.remoteAddress);
  while (isTrusted(address, proxies)) {
    // Anything that is not an address ends the walk: what stands before it may be the client's own claim.
    const before = addressIn(hops.pop()?.trim() ?? '');
    if (before === undefined) break;
    address = plainAddress(before);
  }
  return address;
}

/** An address as proxies write it: bare, or with a port (`192.0.2.1:443`, `[2001:db8::1]:443`). */
function addressIn(hop: string): string | undefined {
  const [, inside, v4] = /^(?:\[([^\]]+)\](?::\d+)?|([\d.]+):\d+)$/.exec(hop) ?? [];
  const address = inside ?? v4 ?? hop;
  return isIP(address) > 0 ? address : undefined;
}

/** IPv4 as such, however a socket writes it. */
export const plainAddress = (address = 'unknown'): string =>
  address.replace(/^::ffff:(?=\d+\.)/i, '');

export function isTrusted(address: string, proxies: BlockList): boolean {
  const family = isIP(address);
  return family > 0 && proxies.check(address, family === 6 ? 'ipv6' : 'ipv4');
}
