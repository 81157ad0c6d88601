/**
 * A draft that the device may not hold yet as its page goes: its last write is on its way. A page can hand it to the
 * next one of its tab by means that do not wait.
 */
import type { Drafts } from '../drafts.ts';

/** What is being written, and where. */
export interface Composing {
  readonly key: string;
  readonly drafts: Drafts;
}

export interface UnstoredDraft {
  readonly key: string;
  readonly draft: string;
  /** What the device may hold in its place. If it holds anything else, that is newer. */
  readonly held: readonly string[];
}

/** Undefined if the device holds all that is written. */
export function unstoredDraft({ key, drafts }: Composing): UnstoredDraft | undefined {
  const draft = drafts.get(key);
  const held = drafts.held(key);
  return held.every((text) => text === draft) ? undefined : { key, draft, held };
}

/** Goes on with it, unless something newer was written since, or it was sent. */
export async function takeBack(drafts: Drafts, { key, draft, held }: UnstoredDraft): Promise<void> {
  await drafts.load(key);
  if (held.includes(drafts.get(key))) drafts.set(key, draft);
}
