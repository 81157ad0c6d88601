/** What follows a member to all their devices: it is in the member's own room, which stays open here. */
import type { Row } from '../../../shared/conversation/row.ts';
import type { MemberId } from '../../../shared/ids.ts';
import { memberRoom } from '../../../shared/protocol/rooms.ts';
import { devicesIn, conversationsIn } from './member-records.ts';
import { createWritable } from '../../signals/readable.ts';
import { reuse } from '../../signals/reuse.ts';
import type { AskedConversation, MemberDevice } from '../../store/sync-port.ts';
import type { Database } from '../storage/database.ts';
import type { Rooms } from '../rooms/rooms.ts';

export class MemberRoom {
  /** The member's own conversations, from any device. */
  readonly asked = createWritable<readonly AskedConversation[]>([]);
  readonly devices = createWritable<readonly MemberDevice[]>([]);
  readonly #database: Database;
  readonly #rooms: Rooms;
  #member: MemberId | undefined;
  #close: (() => void) | undefined;

  constructor(database: Database, rooms: Rooms) {
    this.#database = database;
    this.#rooms = rooms;
    database.remember((transaction) => {
      for (const asked of this.asked.get()) transaction.put(['asked', asked.id], asked);
    });
  }

  /** Reads the conversations that earlier visits knew of. */
  async load(): Promise<void> {
    const asked = await this.#database.entries(['asked']);
    this.asked.set(asked.map(([, value]) => value as AskedConversation));
  }

  /** Opens the room of the member that this device is now. Returns its rows, if it was not open. */
  open(member: MemberId): readonly Row[] | null {
    if (this.#member === member) return null;
    this.#close?.();
    this.#member = member;
    const [replica, close] = this.#rooms.watch(memberRoom(member));
    this.#close = close;
    return replica.state.get().rows;
  }

  /** The room has other rows. */
  rowsChanged(rows: readonly Row[]): void {
    this.devices.set(reuse(this.devices.get(), devicesIn(rows)));
    for (const conversation of conversationsIn(rows)) {
      if (!this.add(conversation)) continue;
      void this.#database
        .write((transaction) => transaction.put(['asked', conversation.id], conversation))
        .catch(() => {}); // storage says so
    }
  }

  /** Whether it was not known yet. */
  add(asked: AskedConversation): boolean {
    if (this.asked.get().some(({ id }) => id === asked.id)) return false;
    this.asked.set([...this.asked.get(), asked]);
    return true;
  }
}
