/** What is told on a conversation's channels and is never a row: typing, read positions, the asker's presence. */
import {
  type ChannelMessage,
  type Side,
  encodeChannelMessage,
} from '../../shared/protocol/channel.ts';
import type { ConversationId, MemberId } from '../../shared/ids.ts';
import type { PresenceBoard } from './presence.ts';
import type { ReadPositions } from './read-positions.ts';
import type { RoomReader } from './room-reader.ts';
import type { ConversationRoom } from './room.ts';

/** A reader of a conversation, and who it is. */
export interface Listener {
  readonly reader: RoomReader;
  readonly member: MemberId;
  readonly side: Side;
}

export class ConversationTalk {
  readonly #presence: PresenceBoard;
  readonly #reads: ReadPositions;
  readonly #listeners = new Map<ConversationId, Set<Listener>>();
  /** Conversations that somebody follows, by their asker. */
  readonly #followed = new Map<MemberId, Set<ConversationId>>();
  readonly #stop: () => void;

  constructor(presence: PresenceBoard, reads: ReadPositions) {
    this.#presence = presence;
    this.#reads = reads;
    this.#stop = presence.onChange((member) => this.#askerMoved(member.id));
  }

  /** Idempotent. */
  dispose(): void {
    this.#stop();
  }

  /** Starts telling a reader; returns its undo. */
  async join(room: ConversationRoom, listener: Listener): Promise<() => void> {
    const asker = room.state.ask?.member;
    const listeners = this.#listeners.get(room.id) ?? new Set();
    this.#listeners.set(room.id, listeners.add(listener));
    if (asker) {
      const followed = this.#followed.get(asker) ?? new Set();
      this.#followed.set(asker, followed.add(room.id));
      if (listener.side === 'desk') listener.reader.send(this.#askerMessage(asker));
    }
    await this.#tellPositions(room.id, listener);
    return () => this.#leave(room.id, asker, listener);
  }

  typing(id: ConversationId, from: Listener, typing: boolean): void {
    this.#tellOthers(id, from, { type: 'typing', member: from.member, typing });
  }

  /** Told to every reader: the author learns that it was read, their other devices how far. */
  async read(room: ConversationRoom, from: Listener, seq: number): Promise<void> {
    const known = Math.min(seq, room.head.next - 1);
    const before = await this.#reads.of(room.id);
    this.#reads.mark(room.id, from.member, from.side, known);
    if (known > before[from.side]) {
      this.#tellOthers(room.id, null, { type: 'read', side: from.side, seq: known });
    }
  }

  async #tellPositions(id: ConversationId, { reader }: Listener): Promise<void> {
    const positions = await this.#reads.of(id);
    for (const side of ['asker', 'desk'] as const) {
      if (positions[side] >= 0)
        reader.send(encodeChannelMessage({ type: 'read', side, seq: positions[side] }));
    }
  }

  #askerMoved(asker: MemberId): void {
    for (const id of this.#followed.get(asker) ?? []) {
      for (const { side, reader } of this.#listeners.get(id) ?? []) {
        if (side === 'desk') reader.send(this.#askerMessage(asker));
      }
    }
  }

  #askerMessage(asker: MemberId): Uint8Array {
    const here = this.#presence.isHere(asker);
    return encodeChannelMessage({ type: 'asker', here, seen: this.#presence.lastSeen(asker) });
  }

  #tellOthers(id: ConversationId, from: Listener | null, message: ChannelMessage): void {
    const bytes = encodeChannelMessage(message);
    for (const listener of this.#listeners.get(id) ?? []) {
      if (listener !== from) listener.reader.send(bytes);
    }
  }

  #leave(id: ConversationId, asker: MemberId | undefined, listener: Listener): void {
    const listeners = this.#listeners.get(id);
    listeners?.delete(listener);
    if (listeners?.size !== 0) return;
    this.#listeners.delete(id);
    if (!asker) return;
    const followed = this.#followed.get(asker);
    followed?.delete(id);
    if (followed?.size === 0) this.#followed.delete(asker);
  }
}
