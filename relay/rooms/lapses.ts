/** Ends the claims of people who cannot be reached while the visitor waits. */
import type { EntryId, MemberId, SpaceId } from '../../shared/ids.ts';
import { encodeUnsigned, decodeEntry, signedBytes } from '../../shared/entry/entry.ts';
import { concatBytes } from '../../shared/bytes.ts';
import { receiptBytes, type EntryRow, type Verdict } from '../../shared/conversation/row.ts';
import { SpaceMode } from '../../shared/conversation/permissions.ts';
import { Role } from '../../shared/grant/roles.ts';
import { ownMemberOf } from '../../shared/hash.ts';
import type { InboxRecord } from '../../shared/protocol/records.ts';
import { inboxRoom } from '../../shared/protocol/rooms.ts';
import type { Authority } from './authority.ts';
import type { Batch } from './batch.ts';
import type { Clock } from './clock.ts';
import type { Committer } from './committer.ts';
import type { Log } from './log.ts';
import type { PresenceBoard } from './presence.ts';
import type { ConversationRoom } from './room.ts';
import type { RoomBook } from './room-book.ts';
import type { Spaces } from './spaces.ts';

export interface LapsesOptions {
  readonly authority: Authority;
  readonly book: RoomBook;
  readonly committer: Committer;
  readonly presence: PresenceBoard;
  readonly spaces: Spaces;
  readonly clock: Clock;
  readonly log: Log;
  readonly random: (length: number) => Uint8Array;
  /** A holder out of reach this long, while the visitor waits, loses the claim. */
  readonly afterMs: number;
}

const LOOK_EVERY_MS = 10_000;

export class Lapses {
  readonly #options: LapsesOptions;
  readonly #stop: () => void;

  constructor(options: LapsesOptions) {
    this.#options = options;
    const everyMs = Math.min(LOOK_EVERY_MS, options.afterMs);
    this.#stop = options.clock.every(everyMs, () => void this.look());
  }

  /** Idempotent. */
  dispose(): void {
    this.#stop();
  }

  /** Looks through every inbox once. */
  async look(): Promise<void> {
    try {
      for (const space of this.#options.spaces.ids) await this.#lookIn(space);
    } catch (error) {
      this.#options.log.error('claims could not be looked through', error);
    }
  }

  async #lookIn(space: SpaceId): Promise<void> {
    const { book } = this.#options;
    const inbox = await book.keyed(inboxRoom(space));
    for (const { value } of Array.from(inbox.records.values())) {
      const record = JSON.parse(value) as InboxRecord;
      if (
        !record.claim ||
        !this.#isLapsed(record.claim.member, record.claim.at, record.waitingSince)
      )
        continue;
      await this.#lapse(record, space);
    }
  }

  #isLapsed(holder: MemberId, claimedAt: number, waitingSince: number | null): boolean {
    const { presence, clock, afterMs } = this.#options;
    const since = presence.unreachableSince(holder);
    if (since === null || waitingSince === null) return false;
    return clock.now() - Math.max(since, waitingSince, claimedAt) >= afterMs;
  }

  async #lapse({ conversation }: InboxRecord, space: SpaceId): Promise<void> {
    const { book, committer, spaces } = this.#options;
    const mode = spaces.modeOf(space) ?? SpaceMode.closed;
    let room: ConversationRoom;
    await committer.write(
      async () => {
        room = await book.conversation(conversation);
      },
      (batch) => {
        const { claim, waitingSince } = room.state;
        if (claim && this.#isLapsed(claim.member, claim.at, waitingSince))
          this.#append(batch, room, claim.id, mode);
      },
    );
  }

  #append(batch: Batch, room: ConversationRoom, claim: EntryId, mode: SpaceMode): void {
    const { authority, clock, random } = this.#options;
    const received = clock.now();
    const content = { kind: 'lapse', claim } as const;
    const draft = {
      conversation: room.id,
      author: authority.device,
      time: received,
      content,
      nonce: random(8),
    };
    const unsigned = encodeUnsigned(draft);
    const signature = authority.sign(signedBytes(unsigned, authority.fingerprint));
    const entry = decodeEntry(concatBytes(unsigned, signature), authority.fingerprint);
    const verdict: Verdict = { member: ownMemberOf(authority.device), role: Role.relay, mode };
    const rowAt = (seq: number): EntryRow => {
      const receipt = authority.seal(receiptBytes(entry.id, { place: seq, received, verdict }));
      return { type: 'entry', seq, place: seq, received, verdict, receipt, entry: entry.bytes };
    };
    batch.append(room, { entry, content, rowAt });
  }
}
