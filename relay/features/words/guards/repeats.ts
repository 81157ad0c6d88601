/** Who writes the same again and again. Texts are kept as hashes, in memory, for a while. */
import type { EntryId, MemberId } from '../../../../shared/ids.ts';
import { Memory } from '../../../core/memory/memory.ts';
import { FairMemory, type SourcePath } from '../../../core/limits/fair-memory.ts';

/** As often as this, the same text is one too many. */
const MOST_ALIKE = 3;
const WINDOW_MS = 10 * 60_000;
/** Texts remembered of a member. */
const MOST_KEPT = 16;
/** "Merci", "Oui", "Bonjour": people say them all day. */
const FEWEST_SIGNS = 16;
const MOST_BYTES = 8 * 1024 * 1024;
const BYTES = 120;

interface Said {
  readonly hash: number;
  readonly id: EntryId;
  readonly at: number;
}

export class Repeats {
  readonly #byMember: FairMemory<readonly Said[]>;
  readonly #now: () => number;

  /** @param now ms, that nobody turns back. */
  constructor(now: () => number, memory = new Memory()) {
    this.#now = now;
    this.#byMember = new FairMemory({ mostBytes: MOST_BYTES, memory });
  }

  /** Whether the member said this too often lately, in entries other than this one. */
  isRepeated(member: MemberId, id: EntryId, folded: string): boolean {
    const hash = hashOf(folded);
    if (hash === null) return false;
    const since = this.#now() - WINDOW_MS;
    const alike = (this.#byMember.get(member) ?? []).filter(
      (said) => said.hash === hash && said.id !== id && said.at > since,
    );
    return alike.length >= MOST_ALIKE;
  }

  /** An entry was taken. */
  said(member: MemberId, id: EntryId, folded: string, from: SourcePath): void {
    const hash = hashOf(folded);
    if (hash === null) return;
    const kept = (this.#byMember.get(member) ?? []).filter((said) => said.id !== id);
    const said = [...kept, { hash, id, at: this.#now() }].slice(-MOST_KEPT);
    this.#byMember.set(member, said, from, said.length * BYTES);
  }
}

/** FNV-1a over its letters and digits, so that a dot more is no other text; null if there are few. */
function hashOf(folded: string): number | null {
  let hash = 0x811c9dc5;
  let signs = 0;
  for (let index = 0; index < folded.length; index++) {
    const code = folded.charCodeAt(index);
    const counts = code >= 0x61 || (code >= 0x30 && code <= 0x39) || code === 0x49;
    if (!counts) continue;
    signs++;
    hash = Math.imul(hash ^ code, 0x01000193);
  }
  return signs < FEWEST_SIGNS ? null : hash >>> 0;
}
