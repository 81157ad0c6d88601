/**
 * Two members turned out to be one person. The relay's own entry tells this in each conversation that the
 * first one took part in, so every reader knows it from the rows alone. Storage remembers a merge until
 * all conversations are told.
 */
import type { ConversationId } from '../../../shared/ids.ts';
import { MemberKey } from '../../../shared/protocol/records.ts';
import { memberRoom } from '../../../shared/protocol/rooms.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Events } from '../../core/ports/events.ts';
import type { Log } from '../../core/ports/log.ts';
import type { Merge } from '../../core/ports/people.ts';
import type { Batch } from '../../core/rooms/batch.ts';
import type { Committer } from '../../core/rooms/committer.ts';
import type { KeyedRoom } from '../../core/rooms/room.ts';
import type { RelayActs } from '../../core/submit/relay-acts.ts';
import type { MemberStorage } from './members-storage.ts';

export interface MergesOptions {
  readonly storage: Pick<MemberStorage, 'pendingMerges' | 'mergeDone'>;
  readonly committer: Committer;
  readonly acts: RelayActs;
  readonly events: Pick<Events, 'tell'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
}

export class Merges {
  readonly #options: MergesOptions;

  constructor(options: MergesOptions) {
    this.#options = options;
  }

  /** Those that are not told everywhere yet. */
  pending(): Promise<readonly Merge[]> {
    return this.#options.storage.pendingMerges();
  }

  /** Continues what was going on when the relay last stopped. */
  async resume(): Promise<void> {
    for (const merge of await this.pending()) await this.settle(merge);
  }

  /** Tells the conversations, then everyone else. When it fails it stays pending until the next start. */
  async settle({ from, to }: Merge): Promise<void> {
    const { storage, events, log } = this.#options;
    try {
      await this.#tellConversations({ from, to });
      await storage.mergeDone(from);
    } catch (error) {
      log.error('a merge of members is not told everywhere yet', error);
    }
    events.tell({ type: 'merge-settled', from, to });
  }

  async #tellConversations(merge: Merge): Promise<void> {
    const { acts, committer } = this.#options;
    await committer.write(
      async (rooms) => {
        const [from, to] = await Promise.all([
          rooms.keyed(memberRoom(merge.from)),
          rooms.keyed(memberRoom(merge.to)),
        ]);
        const told = await Promise.all(
          talksIn(from).map(async (id) => ({
            room: await rooms.conversation(id),
            act: await acts.sign(id, { kind: 'merge', ...merge }),
          })),
        );
        return { from, to, told };
      },
      (batch, { from, to, told }) => {
        for (const { room, act } of told) {
          const { state } = room;
          if (state.space === null || state.known(merge.from) === state.known(merge.to)) continue;
          acts.append(batch, room, act);
        }
        this.#moveRecords(batch, from, to);
      },
    );
  }

  /** Moves private records for which the other has no value; the rest of `from`'s room goes. */
  #moveRecords(batch: Batch, from: KeyedRoom, to: KeyedRoom): void {
    const now = this.#options.clock.now();
    for (const [key, { value }] of Array.from(from.records)) {
      const isDevice = key.startsWith(MemberKey.device);
      if (!isDevice && !to.records.has(key)) batch.put(to, key, value, now);
      batch.put(from, key, null, now);
    }
  }
}

const talksIn = (room: KeyedRoom): ConversationId[] =>
  [...room.records.keys()]
    .filter((key) => key.startsWith(MemberKey.talk))
    .map((key) => key.slice(MemberKey.talk.length) as ConversationId);
