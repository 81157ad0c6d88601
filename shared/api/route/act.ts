/** Acts of the brand's people, as the audit will have them. */
import type { MemberId } from '../../ids.ts';

/** Who acts from the relay's own command line: it has no session. */
export const OPERATOR = 'operator';

/** A line of the audit, but for its place in the chain. */
export interface ActLine {
  /** ms since the epoch. */
  readonly at: number;
  readonly by: MemberId | typeof OPERATOR;
  /** The act's name, as its route says it. */
  readonly act: string;
  /** To what, by what it is: `member:…`, `space:…`. */
  readonly target: string;
  /** In words, for people; it can be blanked later. */
  readonly why: string;
  /** Hashed with `why`, so that nobody finds by trying what was blanked. */
  readonly salt: Uint8Array;
}

/** What a request does, until it is known to what. */
export interface Act {
  /**
   * Its line, to be written in the transaction of what it does.
   * @param by whoever it is, where the request has no session.
   */
  on(target: string, why?: string, by?: MemberId): ActLine;
}
