/**
 * What is told on a room's channel and never becomes a row: who is typing, who is here, how far each side
 * has read.
 */
import type { MemberId } from '../../../shared/ids.ts';
import type { ChannelMessage, Side } from '../../../shared/protocol/channel.ts';
import type { RoomState } from '../../store/sync-port.ts';
import type { Timers } from '../timers.ts';

/** Whoever types says so every 3 s. */
const TYPING_LASTS_MS = 6_000;

export type PresenceState = Pick<RoomState, 'typing' | 'read' | 'asker' | 'attributes'>;

export class RoomPresence {
  readonly #timers: Timers;
  readonly #changed: () => void;
  readonly #typing = new Map<MemberId, () => void>();
  #state: PresenceState = { typing: [], read: { asker: -1, desk: -1 }, asker: null };

  constructor(timers: Timers, changed: () => void) {
    this.#timers = timers;
    this.#changed = changed;
  }

  get state(): PresenceState {
    return this.#state;
  }

  hear(message: ChannelMessage): void {
    switch (message.type) {
      case 'typing':
        this.#hearTyping(message.member, message.typing);
        break;
      case 'read':
        this.markRead(message.side, message.seq);
        break;
      case 'asker':
        this.set({ asker: { here: message.here, seen: message.seen } });
        break;
      case 'attributes':
        this.set({ attributes: message.json });
        break;
      default: // the digest is the replica's
    }
  }

  /** A side has read this far. */
  markRead(side: Side, seq: number): void {
    const { read } = this.#state;
    if (read[side] < seq) this.set({ read: { ...read, [side]: seq } });
  }

  set(part: Partial<PresenceState>): void {
    this.#state = { ...this.#state, ...part };
    this.#changed();
  }

  /** The channel is gone: nobody knows who is here. */
  lost(): void {
    this.dispose();
    this.set({ typing: [], asker: null, attributes: null });
  }

  /** Idempotent. */
  dispose(): void {
    for (const cancel of this.#typing.values()) cancel();
    this.#typing.clear();
  }

  #hearTyping(member: MemberId, typing: boolean): void {
    this.#typing.get(member)?.();
    this.#typing.delete(member);
    if (typing) {
      const over = (): void => this.#hearTyping(member, false);
      this.#typing.set(member, this.#timers.after(TYPING_LASTS_MS, over));
    }
    const now = [...this.#typing.keys()];
    if (now.join() !== this.#state.typing.join()) this.set({ typing: now });
  }
}
