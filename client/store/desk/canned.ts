/** Ready-made answers: the member's private records, on all their devices. */
import { bytesToText } from '../../../shared/bytes.ts';
import { type CannedReply, MemberKey } from '../../../shared/protocol/records.ts';
import { Limits } from '../../../shared/limits.ts';
import { cleanText } from '../../../shared/text/plain-text.ts';
import { kept } from '../kept.ts';
import type { DeskSync } from '../sync-port.ts';
import type { DeskState } from './desk-state.ts';
import type { UiLanguage } from '../space.ts';

type Canned = DeskState['canned'][number];

const STARTER = 'starter-';

/** Shown while a helper has none of their own, so that `/` answers something. */
const starters: Record<UiLanguage, readonly CannedReply[]> = {
  fr: [
    { shortcut: 'bonjour', text: 'Bonjour, je regarde cela pour vous.' },
    { shortcut: 'merci', text: 'Merci à vous, bonne journée.' },
  ],
  en: [
    { shortcut: 'hello', text: 'Hello, let me look into that for you.' },
    { shortcut: 'thanks', text: 'Thank you, have a good day.' },
  ],
};

export function cannedOf(
  records: ReadonlyMap<string, string>,
  lang: UiLanguage,
): DeskState['canned'] {
  const own = Array.from(records)
    .filter(([key]) => key.startsWith(MemberKey.canned))
    .flatMap(([key, value]) => read(key.slice(MemberKey.canned.length), value));
  if (own.length === 0) {
    return starters[lang].map((reply) => ({ ...reply, id: STARTER + reply.shortcut }));
  }
  return own.toSorted((a, b) => a.shortcut.localeCompare(b.shortcut) || (a.id < b.id ? -1 : 1));
}

function read(id: string, value: string): Canned[] {
  try {
    const { shortcut, text } = JSON.parse(value) as Partial<CannedReply>;
    return typeof shortcut === 'string' && typeof text === 'string' ? [{ id, shortcut, text }] : [];
  } catch {
    return []; // of a newer build: kept where it is, not offered here
  }
}

/** Stores a reply: under a new key if it is new or a changed starter. */
export async function saveCanned(
  sync: DeskSync,
  id: string | null,
  reply: CannedReply,
): Promise<void> {
  const value = JSON.stringify({ shortcut: reply.shortcut.trim(), text: cleanText(reply.text) });
  if (value.length > Limits.recordLength) return;
  await kept(sync.writePrivate(keyOf(id), value));
}

export async function removeCanned(sync: DeskSync, id: string): Promise<void> {
  await kept(sync.writePrivate(keyOf(id), ''));
}

function keyOf(id: string | null): string {
  const own = id !== null && !id.startsWith(STARTER);
  return MemberKey.canned + (own ? id : bytesToText(crypto.getRandomValues(new Uint8Array(9))));
}
