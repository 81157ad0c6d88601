/** A member's private records: canned replies, settings. The newest (time, device) wins. */
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
import { addressNames } from '../../core/limits/networks.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Committer } from '../../core/rooms/committer.ts';
import type { Source } from '../../core/submit/submit-context.ts';
import { TokenBuckets } from '../../core/limits/token-buckets.ts';

/** Records from one device, from one address: twice all that a member may keep, even all at once. */
const FROM_DEVICE = { burst: 2 * Limits.memberRecords, perSecond: 5 };
const FROM_ADDRESS = { burst: 10 * Limits.memberRecords, perSecond: 20 };

/** Records that only the relay writes. */
const isRelays = (key: string): boolean =>
  key.startsWith(MemberKey.talk) || key.startsWith(MemberKey.device);

const isKey = (key: string): boolean => /^[a-z]{1,20}\/[\w.-]{1,80}$/.test(key) && !isRelays(key);

export interface PrivateRecordsOptions {
  readonly committer: Committer;
  readonly clock: Clock;
}

export class PrivateRecords {
  readonly #options: PrivateRecordsOptions;
  readonly #fromDevice: TokenBuckets;
  readonly #fromAddress: TokenBuckets;

  constructor(options: PrivateRecordsOptions) {
    this.#options = options;
    this.#fromDevice = new TokenBuckets(FROM_DEVICE, options.clock.steady);
    this.#fromAddress = new TokenBuckets(FROM_ADDRESS, options.clock.steady);
  }

  /** Whether that many records may come from there now. */
  charge({ connection, address }: Source, count: number): boolean {
    const { narrow } = addressNames(address);
    for (let taken = 0; taken < count; taken++) {
      const waitMs = this.#fromAddress.take(narrow) || this.#fromDevice.take(connection);
      if (waitMs > 0) return false;
    }
    return true;
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
          if (wins(next, room.records.get(key)?.value, clock.now()))
            batch.put(room, key, JSON.stringify(next), clock.now());
        }
      },
    );
  }
}

function wins(next: StoredPrivateRecord, held: string | undefined, now: number): boolean {
  if (held === undefined) return true;
  const before = JSON.parse(held) as StoredPrivateRecord;
  const time = countedTime(before.time, now);
  return next.time > time || (next.time === time && next.device > before.device);
}
