/** Limits on connections of every kind, counted before a byte is read: silence costs an attacker nothing. */
import type { Server } from 'node:http';
import type { BlockList, Socket } from 'node:net';
import { AddressTally } from './address-tally.ts';
import { isTrusted, plainAddress } from './client-address.ts';

export interface ConnectionLimits {
  /** All there are. */
  readonly most: number;
  /** From one address. From its neighbourhood ten times as many; from neither more than half of all. */
  readonly mostFromAddress: number;
  /** Everybody comes by their addresses, so they are not counted. */
  readonly proxies: BlockList;
}

const MOST_CONNECTIONS = 20_000;
/** The rest is for the database, the command line and what is accepted to be refused. */
const SHARE_OF_DESCRIPTORS = 0.8;
/** How many full addresses a neighbourhood is taken for. */
export const ADDRESSES_NEARBY = 10;

/** Connections that a process takes which may have so many files open. */
export const mostConnections = (descriptors: number): number =>
  Math.min(MOST_CONNECTIONS, Math.floor(descriptors * SHARE_OF_DESCRIPTORS));

/** Holds a server to the limits: what comes beyond them is cut at once. */
export function limitConnections(
  server: Server,
  { most, mostFromAddress, proxies }: ConnectionLimits,
): void {
  const half = Math.floor(most / 2);
  const tally = new AddressTally({
    most: Math.min(half, mostFromAddress),
    mostNearby: Math.min(half, mostFromAddress * ADDRESSES_NEARBY),
  });
  server.maxConnections = most;
  server.on('connection', (socket: Socket) => {
    const address = plainAddress(socket.remoteAddress);
    if (isTrusted(address, proxies)) return;
    if (tally.isFull(address)) socket.destroy();
    else socket.once('close', tally.add(address));
  });
}
