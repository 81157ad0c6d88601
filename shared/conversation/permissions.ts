/**
 * The permission table: who may do what in a conversation. One table, used by the relay when it
 * judges, by `fold` for what the relay has not judged yet, and by the screens to offer what works.
 */
import type { KindName } from '../entry/kinds.ts';
import { Role, answersAtDesk } from '../grant/roles.ts';
import { SpaceMode } from '../space-mode.ts';

/** What is known of the author at the time of the act. */
export interface Standing {
  readonly role: Role;
  /** Whether the author asked this conversation's question (the owner key or the same member). */
  readonly owner: boolean;
  /** `open` when the question was asked in an open space that still is: see `modeIn`. */
  readonly mode: SpaceMode;
  /** For `retract`: whether the target is the author's own. For `release`: whether they hold the claim. */
  readonly own: boolean;
}

const table: Record<KindName, (who: Standing) => boolean> = {
  join: (who) => answersAtDesk(who.role),
  ask: (who) => who.owner,
  say: (who) => who.owner || answersAtDesk(who.role) || who.mode === SpaceMode.open,
  claim: (who) => answersAtDesk(who.role),
  release: (who) => who.own || who.role === Role.manager,
  retract: (who) => who.own,
  close: (who) => who.owner || answersAtDesk(who.role),
  reopen: (who) => who.owner || answersAtDesk(who.role),
  lapse: (who) => who.role === Role.relay,
  merge: (who) => who.role === Role.relay,
};

/** Whether somebody of this standing may do a thing of this kind. */
export const mayDo = (kind: KindName, who: Standing): boolean => table[kind](who);
