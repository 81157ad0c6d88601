/** Who is connected: counted by member over all their sockets, with when they were last here. */
import type { MemberId } from '../../../shared/ids.ts';
import { answersAtDesk } from '../../../shared/grant/roles.ts';
import { FairMemory, type SourcePath } from '../../core/limits/fair-memory.ts';
import type { Memory } from '../../core/memory/memory.ts';
import type { Member } from '../../core/ports/people.ts';

/** One socket of a member. */
export interface Presence {
  readonly member: Member;
  /** Where they are. */
  readonly from: SourcePath;
  /** Whether they take questions. */
  available: boolean;
}

const MOST_LEFT_BYTES = 8 * 1024 * 1024;

export class PresenceBoard {
  readonly #now: () => number;
  #startedAt: number;
  readonly #here = new Map<MemberId, Set<Presence>>();
  /** People of the desk who left: as many as there are. A claim that lapses depends on it. */
  readonly #deskLeft = new Map<MemberId, number>();
  /** Visitors who left, of whom there may be any number. */
  readonly #visitorsLeft: FairMemory<number>;
  readonly #listeners = new Set<(member: Member, moved: boolean) => void>();
  /** How long to remember members who left. */
  static readonly memoryMs = 24 * 3_600_000;

  constructor(now: () => number, memory?: Memory) {
    this.#now = now;
    this.#visitorsLeft = new FairMemory({ mostBytes: MOST_LEFT_BYTES, memory });
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

  /** @param from where they are: what is remembered of them is charged to it. */
  enter(member: Member, from: SourcePath = []): Presence {
    const presence: Presence = { member, from, available: false };
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
      if (answersAtDesk(member.role)) this.#deskLeft.set(member.id, this.#now());
      else this.#visitorsLeft.set(member.id, this.#now(), presence.from);
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
    return this.isHere(member) ? this.#now() : (this.#leftAt(member) ?? 0);
  }

  /**
   * Since when a member is out of reach; null while connected. A relay knows nothing from before its
   * start.
   */
  unreachableSince(member: MemberId): number | null {
    if (this.isHere(member)) return null;
    // Later than now, since the clock was put back: then it counts from now on.
    this.#startedAt = Math.min(this.#startedAt, this.#now());
    return this.#leftAt(member) ?? this.#startedAt;
  }

  #tell(member: Member, moved: boolean): void {
    for (const listener of this.#listeners) listener(member, moved);
  }

  #leftAt(member: MemberId): number | undefined {
    const now = this.#now();
    let at = this.#deskLeft.get(member);
    // The clock was put back since: how long ago that was is counted from now on.
    if (at !== undefined && at > now) this.#deskLeft.set(member, (at = now));
    at ??= this.#visitorsLeft.get(member);
    if (at === undefined || at <= now - PresenceBoard.memoryMs) return undefined;
    return Math.min(at, now);
  }
}
