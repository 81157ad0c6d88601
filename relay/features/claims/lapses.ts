/** Ends the claims of people who cannot be reached while the visitor waits. */
import type { MemberId, SpaceId } from '../../../shared/ids.ts';
import type { InboxRecord } from '../../../shared/protocol/records.ts';
import { inboxRoom } from '../../../shared/protocol/rooms.ts';
import type { Feature } from '../../core/feature.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Committer } from '../../core/rooms/committer.ts';
import type { Log } from '../../core/ports/log.ts';
import type { PresenceBoard } from '../presence/presence.ts';
import type { RelayActs } from '../../core/submit/relay-acts.ts';
import type { RoomCache } from '../../core/rooms/room-cache.ts';
import type { Spaces } from '../spaces/spaces.ts';

export interface LapsesOptions {
  readonly acts: RelayActs;
  readonly rooms: RoomCache;
  readonly committer: Committer;
  readonly presence: PresenceBoard;
  readonly spaces: Spaces;
  readonly clock: Clock;
  readonly log: Log;
  /** A holder out of reach this long, while the visitor waits, loses the claim. */
  readonly afterMs: number;
}

const LOOK_EVERY_MS = 10_000;

export class Lapses implements Feature {
  readonly name = 'claims';
  readonly #options: LapsesOptions;
  #stopLooking: (() => void) | null = null;

  constructor(options: LapsesOptions) {
    this.#options = options;
  }

  start(): void {
    const { clock, afterMs } = this.#options;
    const everyMs = Math.min(LOOK_EVERY_MS, afterMs);
    this.#stopLooking ??= clock.every(everyMs, () => void this.look());
  }

  /** Idempotent. */
  stop(): void {
    this.#stopLooking?.();
  }

  /** Looks through every inbox once. */
  async look(): Promise<void> {
    try {
      for (const space of this.#options.spaces.ids) await this.#lookIn(space);
    } catch (error) {
      this.#options.log.error('claims could not be looked through', error);
    }
  }

  /** Ends the claims of somebody who answers no more. */
  async endClaimsOf(member: MemberId): Promise<void> {
    for (const space of this.#options.spaces.ids) {
      const inbox = await this.#options.rooms.keyed(inboxRoom(space));
      for (const { value } of Array.from(inbox.records.values())) {
        const record = JSON.parse(value) as InboxRecord;
        if (record.claim?.member === member) await this.#lapse(record, member);
      }
    }
  }

  async #lookIn(space: SpaceId): Promise<void> {
    const { rooms } = this.#options;
    const inbox = await rooms.keyed(inboxRoom(space));
    for (const { value } of Array.from(inbox.records.values())) {
      const record = JSON.parse(value) as InboxRecord;
      if (
        !record.claim ||
        !this.#isLapsed(record.claim.member, record.claim.at, record.waitingSince)
      )
        continue;
      await this.#lapse(record);
    }
  }

  #isLapsed(holder: MemberId, claimedAt: number, waitingSince: number | null): boolean {
    const { presence, clock, afterMs } = this.#options;
    const since = presence.unreachableSince(holder);
    if (since === null || waitingSince === null) return false;
    return clock.now() - Math.max(since, waitingSince, claimedAt) >= afterMs;
  }

  /** @param gone whose claim ends though they can be reached. */
  async #lapse({ conversation }: InboxRecord, gone?: MemberId): Promise<void> {
    const { committer, acts } = this.#options;
    await committer.write(
      async (rooms) => {
        const room = await rooms.conversation(conversation);
        const { claim } = room.state;
        return {
          room,
          act: claim && (await acts.sign(room.id, { kind: 'lapse', claim: claim.id })),
        };
      },
      (batch, { room, act }) => {
        const { claim, waitingSince } = room.state;
        if (!claim || act?.content.claim !== claim.id) return;
        if (claim.member === gone || this.#isLapsed(claim.member, claim.at, waitingSince))
          acts.append(batch, room, act);
      },
    );
  }
}
