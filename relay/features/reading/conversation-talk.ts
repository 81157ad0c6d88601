/** What is told on a conversation's channels and is never a row: typing, read positions, the asker's presence. */
import {
  type ChannelMessage,
  type Side,
  encodeChannelMessage,
} from '../../../shared/protocol/channel.ts';
import type { ConversationId, MemberId, SpaceId } from '../../../shared/ids.ts';
import type { PresenceBoard } from '../presence/presence.ts';
import type { ReadPositions } from './read-positions.ts';
import type { Reader } from '../../core/feature.ts';
import type { ConversationRoom } from '../../core/rooms/room.ts';
import { TokenBuckets } from '../../core/limits/token-buckets.ts';
import type { VisitorAttributes } from '../attributes/visitor-attributes.ts';

/** A reader of a conversation, and who it is. */
export interface Listener {
  readonly reader: Pick<Reader, 'send'>;
  readonly member: MemberId;
  /** Null for a passer-by, who reads a public conversation: how far is nobody's business. */
  readonly side: Side | null;
}

/** Each is a message to everybody else who reads: clients say it every 3 s, so more is passed over. */
const TYPING = { burst: 4, perSecond: 1 };

/** What a page tells goes to every helper who reads: a page that changes its mind all the time is passed over. */
const TELLING = { burst: 60, perSecond: 1 };

export class ConversationTalk {
  readonly #presence: PresenceBoard;
  readonly #reads: ReadPositions;
  readonly #listeners = new Map<ConversationId, Set<Listener>>();
  /** Conversations that somebody follows: their asker and their space. */
  readonly #followed = new Map<ConversationId, { asker: MemberId; readonly space: SpaceId }>();
  readonly #attributes: VisitorAttributes;
  readonly #typing: TokenBuckets;
  readonly #telling: TokenBuckets;
  readonly #stop: () => void;

  constructor(
    presence: PresenceBoard,
    reads: ReadPositions,
    attributes: VisitorAttributes,
    now: () => number,
  ) {
    this.#presence = presence;
    this.#reads = reads;
    this.#attributes = attributes;
    this.#typing = new TokenBuckets(TYPING, now);
    this.#telling = new TokenBuckets(TELLING, now);
    this.#stop = presence.onChange((member) => this.#askerMoved(member.id));
  }

  /** Idempotent. */
  dispose(): void {
    this.#stop();
  }

  /** Starts telling a reader. */
  async join(room: ConversationRoom, listener: Listener): Promise<void> {
    const { ask, space } = room.state;
    const listeners = this.#listeners.get(room.id) ?? new Set();
    this.#listeners.set(room.id, listeners.add(listener));
    if (ask && space !== null) {
      this.#followed.set(room.id, { asker: ask.member, space });
      if (listener.side === 'desk') this.#tellOfAsker(room.id, listener);
    }
    await this.#tellPositions(room.id, listener);
  }

  typing(id: ConversationId, from: Listener, typing: boolean): void {
    if (this.#typing.take(`${id} ${from.member}`) > 0) return;
    this.#tellOthers(id, from, { type: 'typing', member: from.member, typing });
  }

  /** Told to every reader: the author learns that it was read, their other devices how far. */
  async read(room: ConversationRoom, { member, side }: Listener, seq: number): Promise<void> {
    if (side === null) return;
    const known = Math.min(seq, room.head.next - 1);
    const before = await this.#reads.of(room.id);
    this.#reads.mark(room.id, member, side, known);
    if (known > before[side]) this.#tellOthers(room.id, null, { type: 'read', side, seq: known });
  }

  async #tellPositions(id: ConversationId, { reader, side: own }: Listener): Promise<void> {
    if (own === null) return;
    const positions = await this.#reads.of(id);
    for (const side of ['asker', 'desk'] as const) {
      if (positions[side] >= 0)
        reader.send(encodeChannelMessage({ type: 'read', side, seq: positions[side] }));
    }
  }

  /** What the page tells of a visitor, for the desk alone. */
  setAttributes(member: MemberId, json: string): void {
    if (this.#telling.take(member) > 0) return;
    if (this.#attributes.set(member, json)) this.#askerMoved(member);
  }

  /** Who asked is known as another member from now on. */
  moved(from: MemberId, to: MemberId): void {
    this.#attributes.forget(from); // their device comes back, and its page tells it again
    for (const followed of this.#followed.values())
      if (followed.asker === from) followed.asker = to;
  }

  #askerMoved(member: MemberId): void {
    if (!this.#presence.isHere(member)) this.#attributes.forget(member);
    for (const [id, { asker }] of this.#followed) {
      if (asker !== member) continue;
      for (const listener of this.#listeners.get(id) ?? []) {
        if (listener.side === 'desk') this.#tellOfAsker(id, listener);
      }
    }
  }

  #tellOfAsker(id: ConversationId, { reader }: Listener): void {
    const followed = this.#followed.get(id);
    if (!followed) return;
    reader.send(this.#askerMessage(followed.asker));
    const json = this.#attributes.of(followed.asker, followed.space);
    if (json !== null) reader.send(encodeChannelMessage({ type: 'attributes', json }));
  }

  #askerMessage(asker: MemberId): Uint8Array {
    const here = this.#presence.isHere(asker);
    return encodeChannelMessage({ type: 'asker', here, seen: this.#presence.lastSeen(asker) });
  }

  #tellOthers(id: ConversationId, from: Listener | null, message: ChannelMessage): void {
    const bytes = encodeChannelMessage(message);
    for (const listener of this.#listeners.get(id) ?? []) {
      if (listener === from || (message.type === 'read' && listener.side === null)) continue;
      listener.reader.send(bytes);
    }
  }

  /** Stops telling it. Idempotent. */
  leave(id: ConversationId, listener: Listener): void {
    const listeners = this.#listeners.get(id);
    listeners?.delete(listener);
    if (listeners?.size !== 0) return;
    this.#listeners.delete(id);
    this.#followed.delete(id);
  }
}
