/**
 * The token with which a stock y-websocket provider opens one room at its own path: the room's
 * expiry and a keyed hash. It travels as a WebSocket subprotocol, so it holds only token characters.
 */
import { timingSafeEqual } from 'node:crypto';
import { bytesToText } from '../../shared/bytes.ts';
import { textBytes } from '../../shared/hash.ts';
import type { RoomName } from '../../shared/protocol/rooms.ts';

const ROOM_TOKEN_MS = 5 * 60_000;

/** A keyed hash (16 bytes) by a secret of the relay. */
export type Seal = (bytes: Uint8Array) => Uint8Array;

export function makeRoomToken(room: RoomName, now: number, seal: Seal): string {
  const expires = now + ROOM_TOKEN_MS;
  return `${expires.toString(36)}.${sealOf(room, expires, seal)}`;
}

export function roomTokenHolds(token: string, room: RoomName, now: number, seal: Seal): boolean {
  const [time = '', given = ''] = token.slice(0, 80).split('.');
  const expires = Number.parseInt(time, 36);
  if (!(expires > now && expires <= now + ROOM_TOKEN_MS)) return false;
  const wanted = Buffer.from(sealOf(room, expires, seal));
  const offered = Buffer.from(given);
  return offered.length === wanted.length && timingSafeEqual(offered, wanted);
}

const sealOf = (room: RoomName, expires: number, seal: Seal): string =>
  bytesToText(seal(textBytes(`room token\n${room}\n${expires}`)));
