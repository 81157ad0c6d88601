/** A member's private records: canned replies, settings. The newest (time, device) wins. */
import { textBytes } from '../../../shared/hash.ts';
import type { DeviceKey, MemberId } from '../../../shared/ids.ts';
import type { PrivateRecord } from '../../../shared/protocol/control.ts';
import { Limits } from '../../../shared/limits.ts';
import {
  MemberKey,
  RECORD_AHEAD_MS,
  type StoredPrivateRecord,
  countedTime,
} from '../../../shared/protocol/records.ts';
import { memberRoom } from '../../../shared/protocol/rooms.ts';
import { SharedRates, type TooMuch } from '../../core/limits/shared-rates.ts';
import type { Memory } from '../../core/memory/memory.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Committer } from '../../core/rooms/committer.ts';
import type { Source } from '../../core/submit/submit-context.ts';

/** A record counts once for each such piece that it begins. */
const PIECE_BYTES = 2_048;
/** Of one device, even all at once: twice the pieces of all that a member may keep. */
const FROM_DEVICE = { burst: 4 * Limits.memberRecords, perSecond: 5 };
/** A canned reply now and then. */
const LITTLE = { burst: 100, perSecond: 1 / 10 };

/** Records that only the relay writes. */
const isRelays = (key: string): boolean =>
  key.startsWith(MemberKey.talk) || key.startsWith(MemberKey.device);

const isKey = (key: string): boolean => /^[a-z]{1,20}\/[\w.-]{1,80}$/.test(key) && !isRelays(key);

export interface PrivateRecordsOptions {
  readonly committer: Committer;
  readonly clock: Clock;
  readonly memory?: Memory | undefined;
}

export class PrivateRecords {
  readonly #options: PrivateRecordsOptions;
  readonly #rates: SharedRates;

  constructor(options: PrivateRecordsOptions) {
    this.#options = options;
    this.#rates = new SharedRates(
      {
        rate: FROM_DEVICE,
        shares: { device: 1, address: 5, neighbourhood: 20 },
        little: LITTLE,
        littleShares: { address: 50, neighbourhood: 200 },
      },
      options.clock.steady,
      options.memory,
    );
  }

  /** Charges records by what they weigh; null if they may come from there now. */
  charge(source: Source, records: readonly PrivateRecord[]): TooMuch | null {
    return this.#rates.take(
      source,
      records.reduce((sum, record) => sum + pieces(record), 0),
    );
  }

  /** Stores the records that win. Records that break a limit are dropped: our own clients never make one. */
  put(member: MemberId, device: DeviceKey, records: readonly PrivateRecord[]): Promise<void> {
    const { committer, clock } = this.#options;
    const usable = records.filter(
      ({ key, value }) => isKey(key) && value.length <= Limits.recordLength,
    );
    return committer.write(
      (rooms) => rooms.keyed(memberRoom(member)),
      (batch, room) => {
        let own = [...room.records.keys()].filter((key) => !isRelays(key)).length;
        for (const { key, value, time } of usable) {
          if (!room.records.has(key) && ++own > Limits.memberRecords) continue;
          const next = { value, time: Math.min(time, clock.now() + RECORD_AHEAD_MS), device };
          const held = room.records.get(key)?.value;
          if (!wins(next, held, clock.now())) continue;
          const text = JSON.stringify(next);
          const more = text.length - (held?.length ?? 0);
          if (more > 0 && room.characters + more > Limits.memberLength) continue;
          batch.put(room, key, text, clock.now());
        }
      },
    );
  }
}

const pieces = ({ key, value }: PrivateRecord): number =>
  Math.max(1, Math.ceil((key.length + textBytes(value).length) / PIECE_BYTES));

function wins(next: StoredPrivateRecord, held: string | undefined, now: number): boolean {
  if (held === undefined) return true;
  const before = JSON.parse(held) as StoredPrivateRecord;
  const time = countedTime(before.time, now);
  return next.time > time || (next.time === time && next.device > before.device);
}
