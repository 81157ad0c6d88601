/**
 * Finds web addresses in plain text and, where the brand wants it, phone numbers and addresses of e-mail. What
 * people write is never parsed as HTML.
 */
import { type TemplateResult, html } from 'lit';
import { unbroken } from './unbroken.ts';

export interface Link {
  readonly type: 'web' | 'mail' | 'phone';
  readonly href: string;
  readonly text: string;
}
export type TextPart = string | Link;

const WEB = String.raw`\bhttps?:\/\/[^\s<>"'${'`'}]+|\bwww\.[^\s<>"'${'`'}]+\.[^\s<>"'${'`'}]+`;
/** What stands before an @ only looks like the host of an address. */
const MAIL = String.raw`(?<![\p{L}\p{N}.\/:@_%+\-])[a-z0-9][a-z0-9._+\-]{0,63}@(?:[a-z0-9\-]{1,63}\.){1,4}[a-z]{2,24}(?![\p{L}\p{N}@\-]|\.[\p{L}\p{N}])`;
const GAP = String.raw`[ .\-\u00a0\u202f]`;
/** French: 06 12 34 56 78, 0 800 12 34 56, with one sort of gap. Others: +49 (0)30 901820 and the like. */
const PHONE_FORMS = [
  String.raw`0[1-9](?:(?<gap>${GAP}?)\d\d)(?:\k<gap>\d\d){3}`,
  String.raw`0${GAP}?[89]\d\d${GAP}?\d{2,3}${GAP}?\d{2,3}(?:${GAP}?\d\d)?`,
  String.raw`(?:\+[1-9]\d{0,2}|00[1-9]\d{0,2}(?=${GAP}))(?:${GAP}?\(0\))?(?:${GAP}?\(?\d{1,4}\)?){2,6}`,
];
/** Never inside of longer numbers, such as that of an order, nor behind a sign that says it is one. */
const PHONE = String.raw`(?<![\p{L}\p{N}+#@_\/=]|\d${GAP}|\d,|\p{L}-|n°\s?|№\s?)(?:${PHONE_FORMS.join('|')})(?![\p{L}\p{N}@_\/%€$°]|${GAP}\d|,\d|${GAP}?[€%$])`;

const web = new RegExp(WEB, 'giu');
const all = new RegExp(`(?<web>${WEB})|(?<mail>${MAIL})|(?<phone>${PHONE})`, 'giu');

/** Whether a text ends with a bracket that was opened before it. */
const unopened = (text: string): boolean =>
  text.endsWith(')') && text.split(')').length > text.split('(').length;

/**
 * The link ends where the address ends, not the sentence: without trailing marks, and without the bracket
 * that was opened before it.
 */
function trimmed(found: string): string {
  let text = found;
  for (;;) {
    if (!/[.,;:!?…»”’\]]$/u.test(text) && !unopened(text)) return text;
    text = text.slice(0, -1);
  }
}

function webLink(found: string): Link | null {
  const text = trimmed(found);
  const href = /^https?:/i.test(text) ? text : `https://${text}`;
  if (!URL.canParse(href)) return null;
  const { username, password } = new URL(href);
  return username || password ? null : { type: 'web', href, text };
}

/** Numbers have 8 to 15 digits with their country, and those of France 10. */
function phoneLink(found: string): Link | null {
  const text = unopened(found) ? found.slice(0, -1) : found;
  const digits = text
    .replace(/\(0\)/, '')
    .replace(/^00/, '+')
    .replaceAll(/[^\d+]/g, '');
  const { length } = digits.replace('+', '');
  const fits = digits.startsWith('+') ? length >= 8 && length <= 15 : length === 10;
  return fits ? { type: 'phone', href: `tel:${digits}`, text } : null;
}

/** @param contacts whether phone numbers and addresses of e-mail are links too */
export function linkify(text: string, contacts = false): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const match of text.matchAll(contacts ? all : web)) {
    const [found] = match;
    const { mail, phone } = match.groups ?? {};
    const link: Link | null = mail
      ? { type: 'mail', href: `mailto:${mail}`, text: mail }
      : phone
        ? phoneLink(phone)
        : webLink(found);
    if (!link) continue;
    if (match.index > from) parts.push(text.slice(from, match.index));
    parts.push(link);
    from = match.index + link.text.length;
  }
  if (from < text.length) parts.push(text.slice(from));
  return parts;
}

/** A message's text with its links. */
export function linkified(text: string, contacts = false): readonly (string | TemplateResult)[] {
  return linkify(text, contacts).map((part) => {
    if (typeof part === 'string') return unbroken(part);
    // What opens a program of the device opens no tab.
    if (part.type !== 'web') return html`<a href=${part.href} rel="nofollow ugc">${part.text}</a>`;
    return html`<a href=${part.href} target="_blank" rel="noopener noreferrer nofollow ugc"
      >${part.text}</a
    >`;
  });
}
