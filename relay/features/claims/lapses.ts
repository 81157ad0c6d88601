/**
 * Ends the claims of people who are out of reach while the visitor waits. The batch that makes a claimed
 * conversation wait also stores a job. When the claim may end, the job checks.
 */
import { answersAtDesk } from '../../../shared/grant/roles.ts';
import { type MemberId, parseConversationId, parseMemberId } from '../../../shared/ids.ts';
import type { InboxRecord } from '../../../shared/protocol/records.ts';
import { inboxRoom } from '../../../shared/protocol/rooms.ts';
import type { Feature } from '../../core/feature.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { EventListeners } from '../../core/ports/events.ts';
import type { JobRequest, JobResult } from '../../core/ports/jobs.ts';
import type { Log } from '../../core/ports/log.ts';
import type { Write } from '../../core/ports/port.ts';
import type { Batch } from '../../core/rooms/batch.ts';
import type { Committer } from '../../core/rooms/committer.ts';
import type { Projection } from '../../core/rooms/projection.ts';
import type { ConversationRoom } from '../../core/rooms/room.ts';
import type { RoomCache } from '../../core/rooms/room-cache.ts';
import type { RelayActs } from '../../core/submit/relay-acts.ts';
import { putJob } from '../../jobs/job-write.ts';
import type { PresenceBoard } from '../presence/presence.ts';
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

const KIND = 'lapse';
const END_KIND = 'end-claims';

export class Lapses implements Feature {
  readonly name = 'claims';
  readonly projection: Projection = {
    rooms: () => [],
    project: ({ room }, _rooms, batch) => this.#plan(room, batch),
  };
  /** At once. If the relay dies before it is done, the job does it. */
  readonly events: EventListeners = {
    'member-changed': ({ after }) => {
      if (!answersAtDesk(after.role)) this.#answersNoMore(after.id);
    },
    'block-changed': ({ member }) => {
      if (member !== null) this.#answersNoMore(member);
    },
  };
  readonly jobs: NonNullable<Feature['jobs']>;
  readonly #options: LapsesOptions;
  /** The latest due time of a room's job. */
  readonly #planned = new WeakMap<ConversationRoom, number>();
  readonly #ending = new Set<Promise<void>>();

  constructor(options: LapsesOptions) {
    this.#options = options;
    this.jobs = {
      [KIND]: { run: (job, end) => this.#look(job.key, end), longestMs: options.afterMs },
      [END_KIND]: { run: ({ key, body }) => this.#endClaimsOf(parseMemberId(key), Number(body)) },
    };
  }

  /** Ends the claims of somebody who no longer answers: stored in the transaction of the cause. */
  endingClaimsOf(member: MemberId): JobRequest {
    const now = this.#options.clock.now();
    return { kind: END_KIND, key: member, body: String(now), due: now };
  }

  /** Resolves once the claims of those who no longer answer are ended. */
  async settled(): Promise<void> {
    await Promise.all(this.#ending);
  }

  #answersNoMore(member: MemberId): void {
    const ending = this.#endClaimsOf(member, this.#options.clock.now())
      .catch((error: unknown) => this.#options.log.error('claims are not ended yet', error))
      .finally(() => this.#ending.delete(ending));
    this.#ending.add(ending);
  }

  /** @param until when they stopped: if they answer again, what they claim then is theirs. */
  async #endClaimsOf(member: MemberId, until: number): Promise<void> {
    for (const space of this.#options.spaces.ids) {
      const inbox = await this.#options.rooms.keyed(inboxRoom(space));
      for (const { value } of Array.from(inbox.records.values())) {
        const { claim, conversation } = JSON.parse(value) as InboxRecord;
        if (claim?.member !== member) continue;
        const isRight = ({ state: { claim: held } }: ConversationRoom): boolean =>
          held?.member === member && (held.at <= until || held.at > this.#options.clock.now());
        await this.#end(conversation, isRight);
      }
    }
  }

  /** The earliest time at which a claim may end, if its holder stays out of reach. */
  #plan(room: ConversationRoom, batch: Batch): void {
    const due = this.#endOf(room, 0);
    if (due === null) this.#planned.delete(room);
    if (due === null || this.#planned.get(room) === due) return;
    this.#planned.set(room, due);
    putJob(batch, { kind: KIND, key: room.id, body: '', due });
  }

  async #look(key: string, end: Write): Promise<JobResult> {
    const { rooms, clock } = this.#options;
    const id = parseConversationId(key);
    const isDue = (room: ConversationRoom): boolean => {
      const due = this.#nextLook(room);
      return due !== null && due <= clock.now();
    };
    const room = await rooms.conversation(id);
    if (isDue(room)) await this.#end(id, isDue, end);
    const again = this.#nextLook(await rooms.conversation(id));
    return again === null ? {} : { again };
  }

  /** When a claim ends, or must be checked again; null if there is nothing to do. */
  #nextLook(room: ConversationRoom): number | null {
    const { presence, clock } = this.#options;
    const { claim } = room.state;
    // Whoever is here now cannot have been out of reach long enough before then.
    const since = (claim && presence.unreachableSince(claim.member)) ?? clock.now();
    return this.#endOf(room, since);
  }

  /** When a claim ends if its holder has been out of reach since that time; null if nothing ends it. */
  #endOf({ state: { claim, waitingSince } }: ConversationRoom, since: number): number | null {
    if (!claim || waitingSince === null) return null;
    const { clock, afterMs } = this.#options;
    const now = clock.now();
    // What is later than now is of before the clock was put back, and nobody knows how long ago.
    const known = [since, waitingSince, claim.at].filter((at) => at <= now);
    return Math.max(0, ...known) + afterMs;
  }

  /** Ends a conversation's claim, if that is still right when its turn comes. */
  async #end(
    id: ConversationRoom['id'],
    isRight: (room: ConversationRoom) => boolean,
    also?: Write,
  ): Promise<void> {
    const { committer, acts } = this.#options;
    await committer.write(
      async (rooms) => {
        const room = await rooms.conversation(id);
        const { claim } = room.state;
        return {
          room,
          act: claim && (await acts.sign(room.id, { kind: 'lapse', claim: claim.id })),
        };
      },
      (batch, { room, act }) => {
        if (!act || act.content.claim !== room.state.claim?.id || !isRight(room)) return;
        acts.append(batch, room, act);
        if (also) batch.write(also);
      },
    );
  }
}
