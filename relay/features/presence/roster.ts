/**
 * The `roster` record of each space: who of the desk is here. Written only when what people see
 * changes, at most every 2 s; right after a start it waits, so that a restart does not empty it.
 */
import { answersAtDesk } from '../../../shared/grant/roles.ts';
import type { MemberId } from '../../../shared/ids.ts';
import type { RosterRecord } from '../../../shared/protocol/records.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Log } from '../../core/ports/log.ts';
import type { Member } from '../../core/ports/people.ts';
import { PresenceBoard } from './presence.ts';
import type { Spaces } from '../spaces/spaces.ts';

export interface RosterOptions {
  readonly spaces: Spaces;
  readonly presence: PresenceBoard;
  readonly clock: Clock;
  readonly log: Log;
  /** Between two versions. */
  readonly everyMs: number;
}

export class RosterKeeper {
  readonly #options: RosterOptions;
  readonly #stops: (() => void)[] = [];
  #cancel: (() => void) | null = null;
  #writing: Promise<void> = Promise.resolve();
  #writtenAt: number;

  constructor(options: RosterOptions) {
    this.#options = options;
    this.#writtenAt = options.clock.steady();
    const { presence, clock, everyMs } = options;
    this.#stops.push(presence.onChange((member) => this.#changed(member)));
    this.#cancel = clock.after(everyMs, () => this.#write());
    // `seen` loses its oldest even when nobody moves.
    this.#stops.push(clock.every(3_600_000, () => this.#write()));
  }

  /** Idempotent. */
  dispose(): void {
    for (const stop of this.#stops.splice(0)) stop();
    this.#cancel?.();
    this.#cancel = null;
  }

  /** Resolves once everything known is written. */
  settled(): Promise<void> {
    return this.#writing;
  }

  /** Whoever answers everywhere is here in a new space too. */
  spaceMade(): void {
    this.#writeSoon();
  }

  #changed(member: Member): void {
    if (answersAtDesk(member.role)) this.#writeSoon();
  }

  #writeSoon(): void {
    if (this.#cancel || this.#stops.length === 0) return;
    const { clock, everyMs } = this.#options;
    const waitMs = Math.max(0, this.#writtenAt + everyMs - clock.steady());
    this.#cancel = clock.after(waitMs, () => this.#write());
  }

  #write(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#writtenAt = this.#options.clock.steady();
    this.#writing = this.#writing
      .then(() => this.#writeAll())
      .catch((error: unknown) => this.#options.log.error('roster not written', error));
  }

  async #writeAll(): Promise<void> {
    const { spaces, presence, clock } = this.#options;
    const available = presence.available();
    for (const space of spaces.ids) {
      const here = available
        .filter((member) => answersAtDesk(member.role) && spaces.of(member).includes(space))
        .map(({ id }) => id)
        .toSorted();
      const before = await spaces.roster(space);
      const roster = rosterAfter(before, here, clock.now(), (member) => presence.lastSeen(member));
      if (JSON.stringify(roster) !== JSON.stringify(before)) await spaces.setRoster(space, roster);
    }
  }
}

/** The next roster. Whoever has just left was seen just now, and stays listed for a day. */
export function rosterAfter(
  before: RosterRecord,
  here: readonly MemberId[],
  now: number,
  lastSeen: (member: MemberId) => number,
): RosterRecord {
  // Nobody is seen later than now: the clock was put back since.
  const seen = new Map(before.seen.map(({ member, at }) => [member, Math.min(at, now)]));
  for (const member of before.here) seen.set(member, lastSeen(member) || now);
  for (const member of here) seen.delete(member);
  return {
    here,
    seen: [...seen]
      .filter(([, at]) => at > now - PresenceBoard.memoryMs)
      .map(([member, at]) => ({ member, at }))
      .toSorted((a, b) => b.at - a.at || (a.member < b.member ? -1 : 1)),
  };
}
