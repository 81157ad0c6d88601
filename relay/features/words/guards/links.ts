/** Links and e-mail addresses in a text, in one pass over it. */
import { parse } from 'tldts';
import { type Host, hostOf } from '../fold/host.ts';
import type { Work } from '../match/work.ts';

export interface Link {
  /**
   * `bare`: a host without anything around it, such as "merci.il" or "shop.example"; it counts for rules
   * that name it.
   */
  readonly type: 'link' | 'bare' | 'email';
  readonly host: Host;
  readonly start: number;
  readonly end: number;
}

const EDGE = /[\s<>"'“”«»()[\]{},;]/;
const HOST =
  /^(?:[\p{L}\p{N}_-]{1,63}\.){1,10}(?:\p{L}{2,63}|xn--[a-z0-9-]{2,59})(?![\p{L}\p{N}_-])/u;
const IP = /^\d{1,3}(?:\.\d{1,3}){3}(?!\d)/;
const USER = /[\p{L}\p{N}._%+-]{1,64}$/u;
/** They end no sentence: a host below one is a link by itself. */
const SURE = new Set('com net org info biz xyz fr eu ch uk ru shop online site store'.split(' '));
/** As it is written; no name is longer. */
const LONGEST_HOST = 300;
/** "It works.Et/ou": two sentences, and a suffix of a country. */
const BEGINS_SENTENCE = /\p{Ll}\.\p{Lu}\p{Ll}+$/u;
/** What it costs to look at what stands around a dot. */
const LINK_STEPS = 60;
/** What a host costs: its letters are folded, and the list of suffixes is asked. */
const HOST_STEPS = 400;
/** Where a chunk has a link: the dot of a sentence is none. */
const SIGN = /\.(?=[^\s<>"'“”«»()[\]{},;])|:\/\//g;
/** "shop [dot] com", "(at)": a dot or an at that is spelled out; and what nobody sees. */
const SPELLED =
  /[ \t]{0,2}[([{][ \t]{0,2}(dot|point|\.|at|arobase|@)[ \t]{0,2}[)\]}][ \t]{0,2}|\p{Default_Ignorable_Code_Point}/giu;

/** @throws {TooMuchWork} */
export function linksIn(text: string, work: Work): Link[] {
  const links: Link[] = [];
  const { plain, at } = unspelled(text);
  for (let end = 0; ;) {
    SIGN.lastIndex = end;
    const sign = SIGN.exec(plain);
    if (!sign) return links;
    let from = sign.index;
    while (from > 0 && !EDGE.test(plain[from - 1]!)) from--;
    end = sign.index;
    while (end < plain.length && !EDGE.test(plain[end]!)) end++;
    work.spend(2 * (end - from) + LINK_STEPS);
    for (const link of linksOf(plain.slice(from, end), work))
      links.push({ ...link, start: at(from + link.start), end: at(from + link.end) });
  }
}

function* linksOf(chunk: string, work: Work): Generator<Link> {
  const email = emailIn(chunk, work);
  // "www.shop.example/a@mail.example" is both.
  if (!email || chunk.slice(0, email.start).includes('/')) yield* hostsOf(chunk, work);
  if (email) yield email;
}

function* hostsOf(chunk: string, work: Work): Generator<Link> {
  let scheme = chunk.indexOf('://');
  if (scheme === -1) {
    const start = chunk.search(/[\p{L}\p{N}]/u);
    const rest = chunk.slice(Math.max(0, start));
    const found = hostAt(rest, work);
    if (found === null) return;
    const { host, length } = found;
    const hasPath = /^(?::\d{1,5})?[/?#]\S/.test(rest.slice(length));
    const isLink =
      host.looks.startsWith('www.') ||
      (hasPath && isKnown(host.name) && !BEGINS_SENTENCE.test(rest.slice(0, length))) ||
      SURE.has(host.looks.slice(host.looks.lastIndexOf('.') + 1));
    const end = isLink ? chunk.length : start + length;
    yield { type: isLink ? 'link' : 'bare', host, start, end };
    return;
  }
  while (scheme !== -1) {
    const from = scheme + 3;
    const next = chunk.indexOf('://', from);
    const end = next === -1 ? chunk.length : next;
    let start = scheme;
    while (start > 0 && /[a-z]/i.test(chunk[start - 1]!)) start--;
    const host = hostBehind(chunk.slice(from, end), work);
    // Without a dot it is one only to browsers.
    const isLink = host?.name.includes('.') || /^https?$/i.test(chunk.slice(start, scheme));
    if (host && isLink) yield { type: 'link', host, start, end };
    scheme = next;
  }
}

/** The host behind a scheme, as browsers find it. */
function hostBehind(rest: string, work: Work): Host | null {
  const [authority = ''] = rest.replace(/^[/\\]+/, '').split(/[/\\?#]/, 1);
  // Whoever stands before an @ is no host.
  const piece = authority.slice(authority.lastIndexOf('@') + 1).replace(/:\d*$/, '');
  work.spend(HOST_STEPS);
  return (piece.length <= LONGEST_HOST ? hostOf(piece) : null) ?? hostAt(piece, work)?.host ?? null;
}

function emailIn(chunk: string, work: Work): Link | null {
  const at = chunk.indexOf('@');
  if (at < 1 || chunk.includes('://')) return null;
  const [user] = USER.exec(chunk.slice(0, at)) ?? [];
  const found = user === undefined ? null : hostAt(chunk.slice(at + 1), work);
  if (user === undefined || found === null) return null;
  const { host, length } = found;
  return { type: 'email', host, start: at - user.length, end: at + 1 + length };
}

/** The host that a piece begins with. */
function hostAt(
  piece: string,
  work: Work,
): { readonly host: Host; readonly length: number } | null {
  const [found] = HOST.exec(piece) ?? IP.exec(piece) ?? [];
  if (found === undefined) return null;
  work.spend(HOST_STEPS);
  const host = hostOf(found);
  return host && { host, length: found.length };
}

/** Whether there is such a suffix in the world. */
function isKnown(host: string): boolean {
  const { isIcann, isPrivate } = parse(host);
  return isIcann === true || isPrivate === true;
}

/** The text with spelled-out dots and ats as such, without what nobody sees; and where its places are in the text. */
function unspelled(text: string): { plain: string; at: (index: number) => number } {
  const places: number[] = [];
  let plain = '';
  let from = 0;
  const keep = (until: number): void => {
    plain += text.slice(from, until);
    for (; from < until; from++) places.push(from);
  };
  for (const { 0: whole, 1: sign, index } of text.matchAll(SPELLED)) {
    keep(index);
    from = index + whole.length;
    if (sign === undefined) continue;
    plain += /^(at|arobase|@)$/i.test(sign) ? '@' : '.';
    places.push(index);
  }
  if (from === 0) return { plain: text, at: (index) => index };
  keep(text.length);
  return { plain, at: (index) => places[index] ?? text.length };
}
