/** Who is connected: counted by member over all their sockets, with when they were last here. */
import type { MemberId } from '../../../shared/ids.ts';
import type { Member } from '../../core/ports/people.ts';

/** One socket of a member. */
export interface Presence {
  readonly member: Member;
  /** Whether they take questions. */
  available: boolean;
}

export class PresenceBoard {
  readonly #now: () => number;
  readonly #startedAt: number;
  readonly #here = new Map<MemberId, Set<Presence>>();
  readonly #left = new Map<MemberId, number>();
  readonly #listeners = new Set<(member: Member, moved: boolean) => void>();
  /** How long to remember members who left. */
  static readonly memoryMs = 24 * 3_600_000;
  static readonly #most = 20_000;

  constructor(now: () => number) {
    this.#now = now;
    this.#startedAt = now();
  }

  /**
   * Calls back whenever a member comes, goes, or changes availability; `moved`: they came with their first
   * socket or left with their last. Returns a function that undoes it.
   */
  onChange(listener: (member: Member, moved: boolean) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  enter(member: Member): Presence {
    const presence: Presence = { member, available: false };
    const sockets = this.#here.get(member.id) ?? new Set();
    this.#here.set(member.id, sockets.add(presence));
    this.#tell(member, sockets.size === 1);
    return presence;
  }

  /** Idempotent. */
  leave(presence: Presence): void {
    const { member } = presence;
    const sockets = this.#here.get(member.id);
    if (!sockets?.delete(presence)) return;
    if (sockets.size === 0) {
      this.#here.delete(member.id);
      this.#left.delete(member.id);
      this.#left.set(member.id, this.#now());
      this.#forget();
    }
    this.#tell(member, sockets.size === 0);
  }

  setAvailable(presence: Presence, available: boolean): void {
    if (presence.available === available) return;
    presence.available = available;
    this.#tell(presence.member, false);
  }

  isHere(member: MemberId): boolean {
    return this.#here.has(member);
  }

  /** Connected and available on at least one socket. */
  available(): Member[] {
    const members: Member[] = [];
    for (const sockets of this.#here.values()) {
      for (const presence of sockets) {
        if (!presence.available) continue;
        members.push(presence.member);
        break;
      }
    }
    return members;
  }

  /** When a member was last here, ms; 0 if this relay does not know them. */
  lastSeen(member: MemberId): number {
    return this.isHere(member) ? this.#now() : (this.#left.get(member) ?? 0);
  }

  /**
   * Since when a member is out of reach; null while connected. A relay knows nothing from before its
   * start.
   */
  unreachableSince(member: MemberId): number | null {
    return this.isHere(member) ? null : (this.#left.get(member) ?? this.#startedAt);
  }

  #tell(member: Member, moved: boolean): void {
    for (const listener of this.#listeners) listener(member, moved);
  }

  #forget(): void {
    const horizon = this.#now() - PresenceBoard.memoryMs;
    for (const [member, at] of this.#left) {
      if (at > horizon && this.#left.size <= PresenceBoard.#most) return;
      this.#left.delete(member);
    }
  }
}
