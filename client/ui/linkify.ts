/** Finds web addresses in plain text. What people write is never parsed as HTML. */
import { type TemplateResult, html } from 'lit';

export type TextPart = string | { readonly href: string; readonly text: string };

const address = /\bhttps?:\/\/[^\s<>"'`]+|\bwww\.[^\s<>"'`]+\.[^\s<>"'`]+/giu;

/**
 * The link ends where the address ends, not the sentence: without trailing marks, and without the bracket
 * that was opened before it.
 */
function trimmed(found: string): string {
  let text = found;
  for (;;) {
    const last = text.at(-1) ?? '';
    const unopened = last === ')' && text.split(')').length > text.split('(').length;
    if (!/[.,;:!?…»”’\]]/u.test(last) && !unopened) return text;
    text = text.slice(0, -1);
  }
}

export function linkify(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const match of text.matchAll(address)) {
    const shown = trimmed(match[0]);
    const href = /^https?:/i.test(shown) ? shown : `https://${shown}`;
    if (!URL.canParse(href)) continue;
    const { username, password } = new URL(href);
    if (username || password) continue; // what stands before an @ only looks like the host
    if (match.index > from) parts.push(text.slice(from, match.index));
    parts.push({ href, text: shown });
    from = match.index + shown.length;
  }
  if (from < text.length) parts.push(text.slice(from));
  return parts;
}

/** A message's text with its links. */
export function linkified(text: string): readonly (string | TemplateResult)[] {
  return linkify(text).map((part) =>
    typeof part === 'string'
      ? part
      : html`<a href=${part.href} target="_blank" rel="noopener noreferrer nofollow ugc"
          >${part.text}</a
        >`,
  );
}
