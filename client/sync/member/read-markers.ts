/** How far this member has read each conversation. The device stores it and tells it when it can. */
import { answersAtDesk } from '../../../shared/grant/roles.ts';
import type { ConversationId } from '../../../shared/ids.ts';
import type { Side } from '../../../shared/protocol/channel.ts';
import { conversationRoom, parseRoom } from '../../../shared/protocol/rooms.ts';
import type { Me } from '../../store/sync-port.ts';
import type { Database } from '../storage/database.ts';
import type { Key } from '../storage/key-value-store.ts';
import type { Replica } from '../rooms/replica.ts';
import type { Rooms } from '../rooms/rooms.ts';

export interface ReadMarkersOptions {
  readonly database: Database;
  readonly rooms: Rooms;
  readonly me: () => Me;
  /** Tells the other tabs. */
  readonly tell: (conversation: ConversationId, seq: number) => void;
}

export class ReadMarkers {
  readonly #options: ReadMarkersOptions;

  constructor(options: ReadMarkersOptions) {
    this.#options = options;
  }

  /** This member has read this far: it is stored, and told to the relay and the other tabs. */
  async read(conversation: ConversationId, seq: number): Promise<void> {
    const { database, rooms, tell } = this.#options;
    const replica = rooms.get(conversationRoom(conversation));
    if (!replica || replica.state.get().read[this.#side] >= seq) return;
    tell(conversation, seq);
    replica.read(this.#side, seq);
    const key: Key = ['read', conversation];
    await database
      .write((transaction) => {
        transaction.change(key, (there) => Math.max(seq, Number(there ?? -1)));
      })
      .catch(() => {}); // storage says so; the next reading writes it again
  }

  /** Another tab of this browser has read this far. */
  mirror(conversation: ConversationId, seq: number): void {
    this.#options.rooms.get(conversationRoom(conversation))?.read(this.#side, seq);
  }

  /** Tells again what was read on this device before, because the relay may not know. */
  async recall(replica: Replica): Promise<void> {
    const room = parseRoom(replica.room);
    if (room.kind !== 'conversation') return;
    const seq = await this.#options.database.get(['read', room.id]).catch(() => undefined);
    if (typeof seq === 'number') replica.read(this.#side, seq);
  }

  get #side(): Side {
    const { grant } = this.#options.me();
    return grant && answersAtDesk(grant.role) ? 'desk' : 'asker';
  }
}
