/**
 * Limits on connections of every kind. They are counted before a byte is read, because silence costs an
 * attacker nothing.
 */
import type { Server } from 'node:http';
import type { BlockList, Socket } from 'node:net';
import { AddressTally } from './address-tally.ts';
import { isTrusted, plainAddress } from './client-address.ts';

export interface ConnectionLimits {
  /** All connections together. */
  readonly most: number;
  /**
   * From one address. Its neighbourhood may have ten times as many; neither may have more than half of
   * all.
   */
  readonly mostFromAddress: number;
  /** Everybody comes through their addresses, so these are not counted. */
  readonly proxies: BlockList;
}

const MOST_CONNECTIONS = 20_000;
/** The rest is for the database, the command line, and connections that are accepted only to be refused. */
const SHARE_OF_DESCRIPTORS = 0.8;
/** How many full addresses a neighbourhood counts as. */
export const ADDRESSES_NEARBY = 10;

/** How many connections a process takes with this open-file limit. */
export const mostConnections = (descriptors: number): number =>
  Math.min(MOST_CONNECTIONS, Math.floor(descriptors * SHARE_OF_DESCRIPTORS));

/** Applies the limits to a server: connections beyond them are cut at once. */
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
