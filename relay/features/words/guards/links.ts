/** Links and e-mail addresses in a text, in one pass over it. */
import { parse } from 'tldts';
import { fold } from '../fold/fold.ts';
import type { Work } from '../match/work.ts';

export interface Link {
  /**
   * `bare`: a host without anything around it, such as "merci.il" or "shop.example"; it counts for rules
   * that name it.
   */
  readonly type: 'link' | 'bare' | 'email';
  /** Lower case, without look-alikes and the port. */
  readonly host: string;
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
/** "It works.Et/ou": two sentences, and a suffix of a country. */
const BEGINS_SENTENCE = /\p{Ll}\.\p{Lu}\p{Ll}+$/u;
/** What it costs to look at what stands around a dot. */
const LINK_STEPS = 60;
/** What a host costs: its letters are folded, and the list of suffixes is asked. */
const HOST_STEPS = 400;
/** "shop [dot] com", "(at)": a dot or an at that is spelled out. */
const SPELLED = /[ \t]{0,2}[([{][ \t]{0,2}(dot|point|\.|at|arobase|@)[ \t]{0,2}[)\]}][ \t]{0,2}/giu;

/** @throws {TooMuchWork} */
export function linksIn(text: string, work: Work): Link[] {
  const links: Link[] = [];
  const { plain, shift } = unspelled(text);
  let dot = plain.indexOf('.');
  while (dot !== -1) {
    // The dot of a sentence.
    if (dot + 1 < plain.length && !EDGE.test(plain[dot + 1]!)) {
      let from = dot;
      while (from > 0 && !EDGE.test(plain[from - 1]!)) from--;
      while (dot < plain.length && !EDGE.test(plain[dot]!)) dot++;
      work.spend(2 * (dot - from) + LINK_STEPS);
      for (const { start, end, ...link } of linksOf(plain.slice(from, dot), work))
        links.push({ ...link, start: shift(from + start), end: shift(from + end) });
    }
    dot = plain.indexOf('.', dot + 1);
  }
  return links;
}

function* linksOf(chunk: string, work: Work): Generator<Link> {
  const email = emailIn(chunk, work);
  if (email) return yield email;
  let scheme = chunk.indexOf('://');
  if (scheme === -1) {
    const start = chunk.search(/[\p{L}\p{N}]/u);
    const rest = chunk.slice(Math.max(0, start));
    const host = hostAt(rest, work);
    if (host === null) return;
    const { folded } = host;
    const hasPath = /^(?::\d{1,5})?[/?#]\S/.test(rest.slice(host.length));
    const isLink =
      folded.startsWith('www.') ||
      (hasPath && isKnown(folded) && !BEGINS_SENTENCE.test(rest.slice(0, host.length))) ||
      SURE.has(folded.slice(folded.lastIndexOf('.') + 1));
    const end = isLink ? chunk.length : start + host.length;
    yield { type: isLink ? 'link' : 'bare', host: folded, start, end };
    return;
  }
  while (scheme !== -1) {
    const from = scheme + 3;
    const next = chunk.indexOf('://', from);
    // Whoever stands before an @ is no host.
    const rest = chunk.slice(from, next === -1 ? undefined : next);
    const [authority = ''] = rest.split(/[/?#]/, 1);
    const host = hostAt(authority.slice(authority.lastIndexOf('@') + 1), work);
    let start = scheme;
    while (start > 0 && /[a-z]/i.test(chunk[start - 1]!)) start--;
    const end = next === -1 ? chunk.length : next;
    yield { type: 'link', host: host?.folded ?? '', start, end };
    scheme = next;
  }
}

function emailIn(chunk: string, work: Work): Link | null {
  const at = chunk.indexOf('@');
  if (at < 1 || chunk.includes('://')) return null;
  const [user] = USER.exec(chunk.slice(0, at)) ?? [];
  const host = user === undefined ? null : hostAt(chunk.slice(at + 1), work);
  if (user === undefined || host === null) return null;
  const start = at - user.length;
  return { type: 'email', host: host.folded, start, end: at + 1 + host.length };
}

/** The host that a piece begins with. */
function hostAt(
  piece: string,
  work: Work,
): { readonly folded: string; readonly length: number } | null {
  const [host] = HOST.exec(piece) ?? IP.exec(piece) ?? [];
  if (host === undefined) return null;
  work.spend(HOST_STEPS);
  const signs = fold(host).text.replaceAll('I', 'i');
  return { folded: signs, length: host.length };
}

/** Whether there is such a suffix in the world. */
function isKnown(host: string): boolean {
  const { isIcann, isPrivate } = parse(host);
  return isIcann === true || isPrivate === true;
}

/** The text with spelled-out dots and ats as such, and where its places are in the text. */
function unspelled(text: string): { plain: string; shift: (index: number) => number } {
  const cuts: [number, number][] = [];
  if (!/[([{]/.test(text)) return { plain: text, shift: (index) => index };
  let lost = 0;
  const plain = text.replace(SPELLED, (whole: string, sign: string, offset: number) => {
    cuts.push([offset - lost + 1, whole.length - 1]);
    lost += whole.length - 1;
    return /^(at|arobase|@)$/i.test(sign) ? '@' : '.';
  });
  const shift = (index: number): number =>
    cuts.reduce((sum, [from, length]) => (index >= from ? sum + length : sum), index);
  return { plain, shift };
}
