/**
 * The token by which a stock y-websocket provider opens one room at its own path: expiry, device, and a
 * keyed hash. It travels as a WebSocket subprotocol, so it has only token characters. What that device may
 * read is looked up when the token is used.
 */
import type { Seal } from '../../core/ports/authority.ts';
import { equalSecrets } from '../../core/limits/equal-secrets.ts';
import { bytesToText } from '../../../shared/bytes.ts';
import { textBytes } from '../../../shared/hash.ts';
import type { DeviceKey } from '../../../shared/ids.ts';
import type { RoomName } from '../../../shared/protocol/rooms.ts';

const ROOM_TOKEN_MS = 5 * 60_000;
export function makeRoomToken(room: RoomName, device: DeviceKey, now: number, seal: Seal): string {
  const expires = now + ROOM_TOKEN_MS;
  return `${expires.toString(36)}.${device}.${sealOf(room, device, expires, seal)}`;
}

/** The device that got the token, and whether it has ended; null if it never opened the room. */
export function readRoomToken(
  token: string,
  room: RoomName,
  now: number,
  seal: Seal,
): { readonly device: DeviceKey; readonly hasEnded: boolean } | null {
  const [time = '', device = '', given = ''] = token.slice(0, 120).split('.');
  const expires = Number.parseInt(time, 36);
  const wanted = textBytes(sealOf(room, device, expires, seal));
  if (!equalSecrets(textBytes(given), wanted)) return null;
  const isValid = expires > now && expires <= now + ROOM_TOKEN_MS;
  return { device: device as DeviceKey, hasEnded: !isValid };
}

const sealOf = (room: RoomName, device: string, expires: number, seal: Seal): string =>
  bytesToText(seal(textBytes(`room token\n${room}\n${device}\n${expires}`)));
