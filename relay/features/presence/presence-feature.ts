/** Who is here: the desk hears it about whoever asked, and everyone by each space's `roster` record. */
import type { MemberId } from '../../../shared/ids.ts';
import { encodeChannelMessage } from '../../../shared/protocol/channel.ts';
import type { Feature, Reader } from '../../core/feature.ts';
import { sourcePath } from '../../core/limits/fair-memory.ts';
import type { Readers } from '../../core/readers.ts';
import type { Presence } from './presence.ts';
import { RosterKeeper, type RosterOptions } from './roster.ts';

export interface PresenceOptions extends RosterOptions {
  readonly readers: Readers;
}

interface Connected {
  readonly presence: Presence;
  /** What their device says. */
  available: boolean;
  isBlocked: boolean;
}

export function presenceFeature(options: PresenceOptions): Feature {
  const { presence: board, readers } = options;
  const connected = new Map<string, Connected>();
  let roster: RosterKeeper | undefined;
  let stopTelling: (() => void) | undefined;

  /** A blocked person is not here for anybody, whatever their device says. */
  const show = ({ presence, available, isBlocked }: Connected): void =>
    board.setAvailable(presence, available && !isBlocked);

  const tell = (reader: Reader, asker: MemberId): void => {
    const [here, seen] = [board.isHere(asker), board.lastSeen(asker)];
    reader.send(encodeChannelMessage({ type: 'asker', here, seen }));
  };

  return {
    name: 'presence',
    start() {
      roster = new RosterKeeper(options);
      stopTelling = board.onChange(({ id }, moved) => {
        if (!moved) return; // whoever says all the time that they are available is told to nobody here
        for (const reader of readers.atDeskOf(id)) tell(reader, id);
      });
    },
    control: {
      available({ available }, { connection }) {
        const one = connected.get(connection);
        if (one) show(Object.assign(one, { available }));
      },
    },
    channel: {
      joined(reader) {
        const asker = readers.askerOf(reader);
        if (reader.side === 'desk' && asker !== undefined) tell(reader, asker);
      },
    },
    events: {
      connected({ connection, address, member, device }) {
        const presence = board.enter(member, sourcePath({ address, connection: device }));
        connected.set(connection, { presence, available: false, isBlocked: false });
      },
      'may-write-changed'({ connection, blockedUntil }) {
        const one = connected.get(connection);
        if (one) show(Object.assign(one, { isBlocked: blockedUntil > 0 }));
      },
      'space-changed': ({ before }) => {
        if (before === null) roster?.spaceMade();
      },
      disconnected({ connection }) {
        const one = connected.get(connection);
        if (one) board.leave(one.presence);
        connected.delete(connection);
      },
    },
    async stop() {
      stopTelling?.();
      roster?.dispose();
      await roster?.settled();
    },
  };
}
