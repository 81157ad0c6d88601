/** Canned replies that fit what follows the slash: by shortcut first, then by text. */
import type { CannedReply } from '../../../shared/protocol/records.ts';

/** What the composer asks for: the words after a leading slash, or null when it asks for none. */
export function cannedQuery(text: string): string | null {
  const found = /^\/(\S{0,40})$/u.exec(text);
  return found ? (found[1] ?? '') : null;
}

const plain = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase();

export function matchCanned<Reply extends CannedReply>(
  replies: readonly Reply[],
  query: string,
): readonly Reply[] {
  const wanted = plain(query);
  const rank = (reply: Reply): number => {
    const shortcut = plain(reply.shortcut);
    if (shortcut.startsWith(wanted)) return 0;
    if (shortcut.includes(wanted)) return 1;
    return plain(reply.text).includes(wanted) ? 2 : 3;
  };
  return replies
    .map((reply) => ({ reply, rank: rank(reply) }))
    .filter(({ rank }) => rank < 3)
    .toSorted((a, b) => a.rank - b.rank || a.reply.shortcut.localeCompare(b.reply.shortcut))
    .map(({ reply }) => reply);
}
