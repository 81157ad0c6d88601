/** What the notice form takes: each field checked, and what is wrong with it. */
import { cleanLine, isPlainLine } from '../../../shared/text/plain-line.ts';
import { isPlainText, isVisible } from '../../../shared/text/plain-text.ts';
import type { Notice } from '../../features/notices/notices-storage.ts';

export const noticeKinds = [
  'hate',
  'threat',
  'child-abuse',
  'fraud',
  'defamation',
  'privacy',
  'property',
  'other',
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** A field of the form, in its order. */
export const noticeFields = ['place', 'kind', 'why', 'name', 'email', 'faith'] as const;
export type NoticeField = (typeof noticeFields)[number];

export type NoticeFault = 'missing' | 'long' | 'plain' | 'email' | 'who';
export type NoticeFaults = Partial<Readonly<Record<NoticeField, NoticeFault>>>;

/** The characters that a field holds. */
export const LONGEST = { place: 500, why: 4_000, name: 100, email: 200 } as const;

/** What was typed, to be shown again. */
export type NoticeDraft = Readonly<Record<NoticeField, string>>;

export const emptyDraft: NoticeDraft = {
  place: '',
  kind: '',
  why: '',
  name: '',
  email: '',
  faith: '',
};

/** The form as it was sent. A text area sends its lines as Windows ends them. */
export function draftOf(form: URLSearchParams): NoticeDraft {
  const field = (name: NoticeField): string =>
    (form.get(name) ?? '').replaceAll(/\r\n?/g, '\n').trim();
  return {
    place: field('place'),
    kind: field('kind'),
    why: field('why'),
    name: field('name'),
    email: field('email'),
    faith: field('faith'),
  };
}

/**
 * The law asks for name and address, except where what is told of is the abuse of a child (Regulation (EU)
 * 2022/2065, article 16 (2) c).
 */
const mayBeNameless = (kind: string): boolean => kind === 'child-abuse';

export function faultsIn(draft: NoticeDraft): NoticeFaults {
  const faults: Partial<Record<NoticeField, NoticeFault>> = {};
  for (const name of ['place', 'why', 'name', 'email'] as const) {
    const isPlain = name === 'why' ? isPlainText : isPlainLine;
    if (draft[name].length > LONGEST[name]) faults[name] = 'long';
    else if (!isPlain(draft[name])) faults[name] = 'plain';
  }
  for (const name of ['place', 'why'] as const)
    if (!isVisible(draft[name])) faults[name] ??= 'missing';
  if (!noticeKinds.some((kind) => kind === draft.kind)) faults.kind = 'missing';
  if (draft.faith !== 'yes') faults.faith = 'missing';
  if (!mayBeNameless(draft.kind)) {
    if (!isVisible(draft.name)) faults.name ??= 'who';
    if (draft.email === '') faults.email ??= 'who';
  }
  if (draft.email !== '' && !/^[^\s@<>"]+@[^\s@<>"]+$/.test(draft.email)) faults.email ??= 'email';
  return faults;
}

export const noticeOf = ({ place, kind, why, name, email }: NoticeDraft, lang: string): Notice => ({
  kind: cleanLine(kind, 40),
  place,
  why,
  name,
  email,
  lang,
});
