/** What the relay writes in a member's room: their devices, and the conversations that follow them. */
import type { Row } from '../../../shared/conversation/row.ts';
import type { ConversationId, DeviceKey } from '../../../shared/ids.ts';
import { type DeviceRecord, MemberKey, type TalkRecord } from '../../../shared/protocol/records.ts';
import type { AskedConversation, MemberDevice } from '../../store/sync-port.ts';

function recordsUnder<T>(rows: readonly Row[], prefix: string): (readonly [string, T])[] {
  return rows.flatMap((row) =>
    row.type === 'record' && row.key.startsWith(prefix)
      ? [[row.key.slice(prefix.length), JSON.parse(row.value) as T] as const]
      : [],
  );
}

export const conversationsIn = (rows: readonly Row[]): AskedConversation[] =>
  recordsUnder<TalkRecord>(rows, MemberKey.talk).map(([id, { space, at }]) => ({
    id: id as ConversationId,
    space,
    askedAt: at,
  }));

/** The first to join first. */
export const devicesIn = (rows: readonly Row[]): MemberDevice[] =>
  recordsUnder<DeviceRecord>(rows, MemberKey.device)
    .map(([device, record]) => ({ device: device as DeviceKey, ...record }))
    .toSorted((a, b) => a.since - b.since);
