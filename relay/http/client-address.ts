/** Whose address a request comes from: the socket's, or what a named proxy says of it. */
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
  const forwarded = String(request.headers['x-forwarded-for'] ?? '');
  const hops = forwarded
    .split(',')
    .map((hop) => hop.trim())
    .filter((hop) => isIP(hop) > 0);
  let address = plain(request.socket.remoteAddress ?? 'unknown');
  while (isTrusted(address, proxies)) {
    const before = hops.pop();
    if (before === undefined) break;
    address = plain(before);
  }
  return address;
}

const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/, '');

function isTrusted(address: string, proxies: BlockList): boolean {
  const family = isIP(address);
  return family > 0 && proxies.check(address, family === 6 ? 'ipv6' : 'ipv4');
}
