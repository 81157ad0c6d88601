/** Gives a device the token with which a stock provider opens one room at its own path. */
import { type Room, type RoomName, parseRoom } from '../../../shared/protocol/rooms.ts';
import type { ControlHandlers } from '../../core/feature.ts';
import type { TokenBuckets } from '../../core/limits/token-buckets.ts';
import type { Authority } from '../../core/ports/authority.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Log } from '../../core/ports/log.ts';
import type { RoomAccess } from '../access.ts';
import { makeRoomToken } from './room-token.ts';

export interface TokenHandlerOptions {
  readonly access: RoomAccess;
  readonly authority: Authority;
  /** A room may have to be read before it is known who may have a token for it. */
  readonly openings: TokenBuckets;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
}

export function tokenHandler({
  access,
  authority,
  openings,
  clock,
  log,
}: TokenHandlerOptions): ControlHandlers {
  return {
    async tokenWanted({ room }, { connection, device, who: member, address, say }) {
      let token = '';
      if (openings.take(connection) > 0) return say({ type: 'token', room: shown(room), token });
      const wanted = roomIn(room);
      try {
        // A change of the space's mode would not reach a passer-by there.
        const asking = { device, member, address };
        const admission = wanted && (await access.admit(wanted, asking, { passersBy: false }));
        const seal = (bytes: Uint8Array): Uint8Array => authority.seal(bytes);
        if (admission?.type === 'admitted')
          token = makeRoomToken(room as RoomName, device, clock.now(), seal);
      } catch (error) {
        log.error('a token could not be given', error);
      }
      say({ type: 'token', room: shown(room), token });
    },
  };
}

const shown = (room: string): string => room.slice(0, 200);

/** Undefined for what names no room: the device's fault, which is told by an empty token. */
function roomIn(name: string): Room | undefined {
  try {
    return parseRoom(name);
  } catch {
    return undefined;
  }
}
