/**
 * Who asked each conversation, and in which space: the port that adapters implement. It decides who may read
 * a conversation, so nobody's history is read for that.
 */
import type { ConversationId, DeviceKey, MemberId, SpaceId } from '../../../shared/ids.ts';
import type { SpaceMode } from '../../../shared/space-mode.ts';
import type { OpsOf } from './port.ts';

export interface Asked {
  readonly space: SpaceId;
  /** The space's mode at that time. */
  readonly mode: SpaceMode;
  readonly device: DeviceKey;
  /** As they are known now. */
  readonly member: MemberId;
}

export interface AskedStorage {
  /** Undefined where nobody asked, or where an older build wrote the conversation. */
  asked(conversation: ConversationId): Promise<Asked | undefined>;
  /** Written with the entries that it follows from. */
  putAsked(conversation: ConversationId, asked: Asked): Promise<void>;
}

export const askedOps = {
  asked: 'read',
  putAsked: 'write',
} as const satisfies OpsOf<AskedStorage>;
