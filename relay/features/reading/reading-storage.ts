/** How far members have read: one number for each member and conversation. The highest wins. */
import type { ConversationId, MemberId } from '../../../shared/ids.ts';
import type { OpsOf } from '../../core/ports/port.ts';
import type { Side } from '../../../shared/protocol/channel.ts';

export interface ReadMark {
  readonly conversation: ConversationId;
  readonly member: MemberId;
  readonly side: Side;
  readonly seq: number;
}

export interface ReadStorage {
  markRead(marks: readonly ReadMark[]): Promise<void>;
  /** Highest seq each side has read; -1 for none. */
  readPositions(conversation: ConversationId): Promise<Record<Side, number>>;
}

export const readingOps = {
  markRead: 'behind',
  readPositions: 'read',
} as const satisfies OpsOf<ReadStorage>;
