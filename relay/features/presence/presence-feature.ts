/** Who is connected, and whether questions may be brought to them. */
import type { Feature } from '../../core/feature.ts';
import type { Presence, PresenceBoard } from './presence.ts';

interface Connected {
  readonly presence: Presence;
  /** What their device says. */
  available: boolean;
  isBlocked: boolean;
}

export function presenceFeature(board: PresenceBoard): Feature {
  const connected = new Map<string, Connected>();
  /** Somebody blocked is not there for anybody, whatever their device says. */
  const show = ({ presence, available, isBlocked }: Connected): void =>
    board.setAvailable(presence, available && !isBlocked);
  return {
    name: 'presence',
    control: {
      available({ available }, { connection }) {
        const one = connected.get(connection);
        if (one) show(Object.assign(one, { available }));
      },
    },
    events: {
      connected({ connection, member }) {
        const presence = board.enter(member);
        connected.set(connection, { presence, available: false, isBlocked: false });
      },
      'may-write-changed'({ connection, blockedUntil }) {
        const one = connected.get(connection);
        if (one) show(Object.assign(one, { isBlocked: blockedUntil > 0 }));
      },
      disconnected({ connection }) {
        const one = connected.get(connection);
        if (one) board.leave(one.presence);
        connected.delete(connection);
      },
    },
  };
}
