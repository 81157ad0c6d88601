/**
 * What happened, told to subscribers once, after it is on disk, in the order of the commits, and never
 * again after a restart. Whatever must not be missed is written in the batch instead.
 */
import type { ConversationId, DeviceKey, EntryId, MemberId, SpaceId } from '../../../shared/ids.ts';
import type { SpaceRecord } from '../../../shared/protocol/records.ts';
import type { MadeDecision } from './decisions.ts';
import type { Log } from './log.ts';
import type { Member } from './people.ts';

export type RelayEvent =
  | {
      readonly type: 'entry-numbered';
      readonly conversation: ConversationId;
      readonly id: EntryId;
      readonly seq: number;
      readonly kind: number;
      /** Its author, as known then. */
      readonly member: MemberId;
    }
  /** Somebody must read it before anybody else does. */
  | {
      readonly type: 'entry-held';
      readonly conversation: ConversationId;
      readonly id: EntryId;
      readonly space: SpaceId;
      readonly member: MemberId;
    }
  /** A message left its room, and may come back. */
  | { readonly type: 'entry-hidden'; readonly conversation: ConversationId; readonly id: EntryId }
  /** It is in its room again. */
  | { readonly type: 'entry-unhidden'; readonly conversation: ConversationId; readonly id: EntryId }
  /** An act is in the books. */
  | {
      readonly type: 'entry-taken';
      readonly conversation: ConversationId;
      readonly id: EntryId;
      readonly kind: number;
      readonly member: MemberId;
      /** What it is about; empty for the conversation. */
      readonly target: string;
    }
  | {
      readonly type: 'entry-erased';
      readonly conversation: ConversationId;
      readonly ids: readonly EntryId[];
    }
  /** Something was decided about somebody's words, or about a member. */
  | { readonly type: 'entry-decided'; readonly decision: MadeDecision }
  /**
   * A member's name, role or spaces changed, or a device acts for another member from now on.
   * @param device null if it concerns all their devices.
   */
  | {
      readonly type: 'member-changed';
      readonly before: Member;
      readonly after: Member;
      readonly device: DeviceKey | null;
    }
  /** Everything that `from` had is on its way to `to`; their devices already act for `to`. */
  | { readonly type: 'members-merged'; readonly from: MemberId; readonly to: MemberId }
  /** Conversations and records of `from` are with `to` now. */
  | { readonly type: 'merge-settled'; readonly from: MemberId; readonly to: MemberId }
  | { readonly type: 'device-removed'; readonly member: MemberId; readonly device: DeviceKey }
  /**
   * Somebody was blocked, or a block was lifted.
   * @param member who was blocked by name; null for all else.
   */
  | { readonly type: 'block-changed'; readonly member: MemberId | null }
  | {
      readonly type: 'space-changed';
      readonly id: SpaceId;
      /** Null for a new one. */
      readonly before: SpaceRecord | null;
      readonly after: SpaceRecord;
    }
  | {
      readonly type: 'connected';
      readonly connection: string;
      readonly address: string;
      readonly member: Member;
      readonly device: DeviceKey;
    }
  /** A connected person may no longer write, or may write again. */
  | {
      readonly type: 'may-write-changed';
      readonly connection: string;
      readonly member: Member;
      readonly blockedUntil: number;
    }
  /** A job was stored that is due then. */
  | { readonly type: 'job-put'; readonly due: number }
  /** A job failed so often that nobody tries it again. */
  | { readonly type: 'job-died'; readonly kind: string; readonly key: string }
  | {
      readonly type: 'disconnected';
      readonly connection: string;
      readonly member: Member;
      readonly device: DeviceKey;
    };

export type EventType = RelayEvent['type'];
export type EventOf<T extends EventType> = Extract<RelayEvent, { readonly type: T }>;

/** Who listens to what. */
export type EventListeners = {
  readonly [T in EventType]?: (event: EventOf<T>) => void;
};

/** Passes events on. A listener that throws does not stop the others. */
export class Events {
  readonly #listeners = new Set<EventListeners>();
  readonly #log: Log;

  constructor(log: Log) {
    this.#log = log;
  }

  /** Returns a function that undoes it. */
  subscribe(listeners: EventListeners): () => void {
    this.#listeners.add(listeners);
    return () => this.#listeners.delete(listeners);
  }

  tell(event: RelayEvent): void {
    for (const listeners of this.#listeners) {
      try {
        (listeners[event.type] as ((event: RelayEvent) => void) | undefined)?.(event);
      } catch (error) {
        this.#log.error(`a listener to ${event.type} failed`, error);
      }
    }
  }
}
