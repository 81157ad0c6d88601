/** Finds who asked a conversation: kept beside its rows, or read from them. */
import type { ConversationId } from '../../../shared/ids.ts';
import type { Causer, ReadAllowance } from '../limits/read-allowance.ts';
import type { Asked } from '../ports/asked-storage.ts';
import type { Log } from '../ports/log.ts';
import type { Committer } from '../rooms/committer.ts';
import type { KnownRooms } from '../rooms/known-rooms.ts';
import type { ConversationRoom } from '../rooms/room.ts';
import type { RoomCache } from '../rooms/room-cache.ts';
import { askedIn } from './asked.ts';

export interface AskersOptions {
  readonly known: Pick<KnownRooms, 'asked'>;
  readonly rooms: Pick<RoomCache, 'conversation'>;
  readonly reads: Pick<ReadAllowance<ConversationRoom>, 'read'>;
  readonly committer: Pick<Committer, 'write'>;
  readonly log: Log;
}

export class Askers {
  readonly #options: AskersOptions;

  constructor(options: AskersOptions) {
    this.#options = options;
  }

  kept(id: ConversationId): Promise<Asked | undefined> {
    return this.#options.known.asked(id);
  }

  /**
   * Who asked a conversation of which that is not kept: an older build wrote it. It is kept from then on.
   * Null if nobody asked anything there.
   */
  async read(id: ConversationId, causer: Causer): Promise<Asked | 'later' | null> {
    const { rooms, reads } = this.#options;
    const room = await reads.read(id, causer, (wanted) => rooms.conversation(wanted));
    if (!room) return 'later';
    const asked = askedIn(room.state);
    if (asked) this.#keep(id);
    return asked;
  }

  /** In the line of batches: a merge may be on its way. */
  #keep(id: ConversationId): void {
    const { committer, log } = this.#options;
    committer
      .write(
        (rooms) => rooms.conversation(id),
        (batch, room) => batch.touch(room),
      )
      .catch((error: unknown) => log.error('who asked was not kept', error));
  }
}
