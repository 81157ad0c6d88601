/**
 * The contract of a feature: what create-relay.ts lists, and what the core and the connections call. A
 * feature is a folder under features/ whose `<name>-feature.ts` makes one of these.
 */
import type { ConversationId, SpaceId } from '../../shared/ids.ts';
import type { ChannelMessage, Side } from '../../shared/protocol/channel.ts';
import type { SaidByDevice, SaidByRelay } from '../../shared/protocol/decision-messages.ts';
import type { Asked } from './ports/asked-storage.ts';
import type { EventListeners } from './ports/events.ts';
import type { JobKind } from './ports/jobs.ts';
import type { Actor, Member } from './ports/people.ts';
import type { Projection } from './rooms/projection.ts';
import type { SubmitPolicy } from './submit/submit-policy.ts';

export interface Feature {
  /** The name of its folder. */
  readonly name: string;
  /** What follows from a change to a conversation, in the same batch. */
  readonly projection?: Projection;
  /** Who may write, and what happens to it. */
  readonly policy?: SubmitPolicy;
  /** How it handles messages of channel 0. Each type has one feature. */
  readonly control?: ControlHandlers;
  /** How it handles messages of a conversation's channel. */
  readonly channel?: ChannelHandlers;
  readonly events?: EventListeners;
  /** What it does later, by kind. */
  readonly jobs?: Readonly<Record<string, JobKind>>;
  /** Runs before anybody connects, in the order of the list. */
  start?(): Promise<void> | void;
  /** Runs once nobody is connected any more, in the opposite order. Idempotent. */
  stop?(): Promise<void> | void;
}

/** Who sends something on channel 0. */
export interface Caller extends Actor {
  /** Names the connection. */
  readonly connection: string;
  /** The same as `member`, whole. */
  readonly who: Member;
  /** When they may write again, ms since the epoch; 0 if now, `FOR_EVER` if never. */
  blockedUntil(): number;
  /** Does nothing once the connection has ended. */
  say(message: SaidByRelay): void;
  /** Ends the connection. */
  close(code: number, reason: string): void;
}

type MessageOf<T extends SaidByDevice['type']> = Extract<SaidByDevice, { readonly type: T }>;

/** @throws on a message that no client of ours sends: the connection closes with 4400. */
export type ControlHandlers = {
  readonly [T in SaidByDevice['type']]?: (
    message: MessageOf<T>,
    from: Caller,
  ) => Promise<void> | void;
};

/** Somebody who follows a conversation on a channel. */
export interface Reader {
  readonly conversation: ConversationId;
  readonly space: SpaceId;
  readonly caller: Caller;
  /** Null for a passer-by, who reads a public conversation: how far they have read is nobody's business. */
  readonly side: Side | null;
  /** Tells them something that is not a row. Does nothing once the channel is closed. */
  send(message: Uint8Array): void;
}

export type ChannelTopic = 'typing' | 'read';

export type ChannelHandlers = {
  readonly [T in ChannelTopic]?: (
    message: Extract<ChannelMessage, { readonly type: T }>,
    from: Reader,
  ) => Promise<void> | void;
} & {
  joined?(reader: Reader, asked: Asked): Promise<void> | void;
  left?(reader: Reader): void;
};
