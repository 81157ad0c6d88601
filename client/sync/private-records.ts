/** A member's private records: written on the device first, merged by the newest time. */
import type { Row } from '../../shared/conversation/row.ts';
import type { StoredPrivateRecord } from '../../shared/protocol/records.ts';

/** A record that this device keeps until the member's room shows it. */
export interface OwnRecord {
  readonly value: string;
  readonly time: number;
}

/** Values by key: the room's, or this device's if newer. Removed ones are left out. */
export function mergeRecords(
  rows: readonly Row[],
  own: ReadonlyMap<string, OwnRecord>,
): Map<string, string> {
  const newest = new Map<string, OwnRecord>(roomRecords(rows));
  for (const [key, record] of own) {
    if (record.time >= (newest.get(key)?.time ?? 0)) newest.set(key, record);
  }
  const values = new Map<string, string>();
  for (const [key, record] of newest) if (record.value !== '') values.set(key, record.value);
  return values;
}

/** Own records that the room does not show yet, or shows older. */
export function pendingRecords(
  rows: readonly Row[],
  own: ReadonlyMap<string, OwnRecord>,
): (OwnRecord & { readonly key: string })[] {
  const known = roomRecords(rows);
  return [...own]
    .map(([key, record]) => ({ key, ...record }))
    .filter(({ key, time }) => time > (known.get(key)?.time ?? 0));
}

function roomRecords(rows: readonly Row[]): Map<string, OwnRecord> {
  const records = new Map<string, OwnRecord>();
  for (const row of rows) {
    if (row.type !== 'record') continue;
    const stored = JSON.parse(row.value) as StoredPrivateRecord;
    // What the relay writes on its own, such as the member's devices, is not such a record.
    if (typeof stored.value !== 'string') continue;
    records.set(row.key, { value: stored.value, time: stored.time });
  }
  return records;
}
