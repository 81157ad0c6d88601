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

/** The device that got the token; null if the token does not open the room now. */
export function deviceOfRoomToken(
  token: string,
  room: RoomName,
  now: number,
  seal: Seal,
): DeviceKey | null {
  const [time = '', device = '', given = ''] = token.slice(0, 120).split('.');
  const expires = Number.parseInt(time, 36);
  if (!(expires > now && expires <= now + ROOM_TOKEN_MS)) return null;
  const wanted = textBytes(sealOf(room, device, expires, seal));
  return equalSecrets(textBytes(given), wanted) ? (device as DeviceKey) : null;
}

const sealOf = (room: RoomName, device: string, expires: number, seal: Seal): string =>
  bytesToText(seal(textBytes(`room token\n${room}\n${device}\n${expires}`)));
