/**
 * Two members who turned out to be one: told in each conversation that the first had a part in, by an
 * entry of the relay's own, so that every reader knows it from the rows alone. Storage remembers a
 * merge until all of them are told.
 */
import type { ConversationId } from '../../../shared/ids.ts';
import { MemberKey } from '../../../shared/protocol/records.ts';
import { memberRoom } from '../../../shared/protocol/rooms.ts';
import type { Batch } from '../../core/rooms/batch.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Committer } from '../../core/rooms/committer.ts';
import type { Devices } from '../linking/devices.ts';
import type { Feature } from '../../core/feature.ts';
import type { Log } from '../../core/ports/log.ts';
import type { Merge, MemberBook } from '../../core/ports/people.ts';
import type { RelayActs } from '../../core/submit/relay-acts.ts';
import type { KeyedRoom } from '../../core/rooms/room.ts';
import type { Events } from '../../core/ports/events.ts';

export interface MergesOptions {
  readonly people: MemberBook;
  readonly committer: Committer;
  readonly acts: RelayActs;
  readonly devices: Devices;
  readonly events: Events;
  readonly clock: Clock;
  readonly log: Log;
}

export class Merges implements Feature {
  readonly name = 'merges';
  readonly #options: MergesOptions;

  constructor(options: MergesOptions) {
    this.#options = options;
  }

  /** Goes on with what was under way when the relay last stopped. */
  async start(): Promise<void> {
    for (const merge of await this.#options.people.pendingMerges()) await this.settle(merge);
  }

  /** Tells the conversations and the devices. When it fails it stays pending until the next start. */
  async settle(merge: Merge): Promise<void> {
    const { people, devices, events, log } = this.#options;
    events.tell({ type: 'members-merged', ...merge });
    try {
      await this.#tellConversations(merge);
      await people.mergeDone(merge.from);
    } catch (error) {
      log.error('a merge of members is not told everywhere yet', error);
    }
    await devices.publish(merge.from);
    await devices.publish(merge.to);
    events.tell({ type: 'merge-settled', ...merge });
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

  /** Private records that the other has no value for come along; the rest of `from`'s room goes. */
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
