/** A member's private records: written on the device first, merged by the newest time. */
import type { Row } from '../../shared/conversation/row.ts';
import { type StoredPrivateRecord, countedTime } from '../../shared/protocol/records.ts';

/** A record that this device keeps until the member's room shows it. */
export interface OwnRecord {
  readonly value: string;
  readonly time: number;
}

/** Values by key: the room's, or this device's if newer. Removed ones are left out. */
export function mergeRecords(
  rows: readonly Row[],
  own: ReadonlyMap<string, OwnRecord>,
  now: number,
): Map<string, string> {
  const newest = new Map<string, OwnRecord>(roomRecords(rows, now));
  for (const [key, record] of own) {
    if (countedTime(record.time, now) >= (newest.get(key)?.time ?? 0)) newest.set(key, record);
  }
  const values = new Map<string, string>();
  for (const [key, record] of newest) if (record.value !== '') values.set(key, record.value);
  return values;
}

/** Own records that the room does not show yet, or shows older. */
export function pendingRecords(
  rows: readonly Row[],
  own: ReadonlyMap<string, OwnRecord>,
  now: number,
): (OwnRecord & { readonly key: string })[] {
  const known = roomRecords(rows, now);
  return [...own]
    .map(([key, record]) => ({ key, ...record }))
    .filter(({ key, time }) => countedTime(time, now) > (known.get(key)?.time ?? -1));
}

/** With their times as they count. */
function roomRecords(rows: readonly Row[], now: number): Map<string, OwnRecord> {
  const records = new Map<string, OwnRecord>();
  for (const row of rows) {
    if (row.type !== 'record') continue;
    const stored = JSON.parse(row.value) as StoredPrivateRecord;
    // What the relay writes on its own, such as the member's devices, is not such a record.
    if (typeof stored.value !== 'string') continue;
    records.set(row.key, { value: stored.value, time: countedTime(stored.time, now) });
  }
  return records;
}
