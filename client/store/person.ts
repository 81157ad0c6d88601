/** A person as any screen shows them. */
import type { RoleName } from '../../shared/grant/roles.ts';
import type { MemberId } from '../../shared/ids.ts';
import type { CardRecord } from '../../shared/protocol/records.ts';

export interface Person {
  readonly member: MemberId;
  /** Empty for a visitor without a name. */
  readonly name: string;
  readonly role: RoleName;
  /** 0 to 11, or null for a visitor without a name. */
  readonly hue: number | null;
  readonly initials: string;
  readonly topics: readonly string[];
  /** Where their photo is; empty without one. */
  readonly photo: string;
  /** What they say about themselves; undefined for whoever does not answer here. */
  readonly card: CardRecord | undefined;
  readonly presence: Presence;
}

/** `here` · `seen` at a time (ms) · `unknown` (cut, or never told). */
export type Presence =
  | { readonly type: 'here' }
  | { readonly type: 'seen'; readonly at: number }
  | { readonly type: 'unknown' };
