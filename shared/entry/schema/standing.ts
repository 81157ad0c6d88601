/** Who somebody is to a conversation at the time of an act: what the kinds' rules look at. */
import { type Role, answersAtDesk } from '../../grant/roles.ts';
import type { EntryId, MemberId } from '../../ids.ts';
import type { SpaceMode } from '../../space-mode.ts';

export interface Standing {
  readonly role: Role;
  /** Whether the author asked this conversation's question (the owner key or the same member). */
  readonly owner: boolean;
  /** `open` if the question was asked in an open space that is still open: see `modeIn`. */
  readonly mode: SpaceMode;
  /** Whether the act is about something of the author's own, as the kind defines it. */
  readonly own: boolean;
}

/** What a kind may ask about a conversation to learn whether something is the author's own. */
export interface Ownership {
  /** Whether `member` said that, in a message other than the question. */
  said(id: EntryId, member: MemberId): boolean;
  /** Whether `member` has the conversation. */
  holds(member: MemberId): boolean;
}

/** What a kind may ask about a full conversation: it takes only what still changes something. */
export interface FullConversation {
  readonly closed: boolean;
  /** Whether it still has this entry. */
  has(id: EntryId): boolean;
}

/** Whoever asked, and the desk. */
export const askerOrDesk = (who: Standing): boolean => who.owner || answersAtDesk(who.role);
/** Only the desk. */
export const desk = (who: Standing): boolean => answersAtDesk(who.role);
