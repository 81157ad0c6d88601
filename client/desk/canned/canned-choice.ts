/**
 * Which ready replies an answer is offered, which of them is chosen, and the way back from what was put in:
 * nothing that somebody wrote is lost to a reply.
 */
import type { CannedReply } from '../../../shared/protocol/records.ts';
import { cannedQuery, matchCanned } from './match-canned.ts';

export class CannedChoice {
  readonly #changed: () => void;
  #at = 0;
  /** The draft for which the list was sent away. */
  #dismissed: string | null = null;
  /** The draft over which the list was asked for, by its button. */
  #asked: string | null = null;
  #put: { readonly text: string; readonly before: string } | null = null;

  /** @param changed there is something else to show */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** The ready replies to offer now, or null when none are asked for. */
  offered(draft: string, canned: readonly CannedReply[]): readonly CannedReply[] | null {
    const query = cannedQuery(draft);
    if (query === null) return this.#asked !== null && this.#asked === draft ? canned : null;
    return this.#dismissed === draft ? null : matchCanned(canned, query);
  }

  /** Which of so many is chosen. */
  at(count: number): number {
    return Math.min(this.#at, Math.max(count - 1, 0));
  }

  /** Chooses the next or the one before, around the ends. */
  move(count: number, by: 1 | -1): void {
    this.#at = (this.at(count) + by + count) % Math.max(count, 1);
    this.#changed();
  }

  /** Asks for the list over what is written. */
  ask(draft: string): void {
    this.#dismissed = null;
    this.#asked = draft;
    this.#changed();
  }

  /** Sends the list away until something else is written. */
  dismiss(draft: string): void {
    this.#dismissed = draft;
    this.#asked = null;
    this.#changed();
  }

  /** Something else is written. */
  written(draft: string): void {
    this.#at = 0;
    if (this.#dismissed !== draft) this.#dismissed = null;
    if (this.#asked !== draft) this.#asked = null;
    if (this.#put?.text !== draft) this.#put = null;
  }

  /** The draft with a text in place of `/…`, else after what stands there. */
  withText(draft: string, text: string): string {
    const kept = cannedQuery(draft) === null ? draft : '';
    return kept && !/\s$/u.test(kept) ? `${kept} ${text}` : kept + text;
  }

  /** A text was put in, and the draft is this now. */
  put(text: string, before: string): void {
    this.#put = { text, before };
    this.#asked = null;
    this.#changed();
  }

  /** What was written before a text was put in; null once something else was written since. */
  wayBack(draft: string): string | null {
    return this.#put?.text === draft ? this.#put.before : null;
  }
}
