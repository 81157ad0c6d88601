/**
 * What the space's records say, in the reader's language; built-in words until the space was reached once.
 */
import { SpaceMode } from '../../shared/space-mode.ts';
import type { RecordRow, Row } from '../../shared/conversation/row.ts';
import type { LocalText, RosterRecord, SpaceRecord } from '../../shared/protocol/records.ts';

/** The space in the reader's language; built-in words stand in until the space was reached once. */
export interface SpaceView {
  readonly name: string;
  /** Everyone here reads what is asked, and may answer. */
  readonly open: boolean;
  readonly greeting: string;
  readonly intro: string;
  readonly suggestions: readonly string[];
  readonly charter: string;
}

export type UiLanguage = 'fr' | 'en';

/** The language of our own words: the chosen one, otherwise the page's; French or English. */
export const uiLanguage = (chosen: string | null, page: string): UiLanguage =>
  /^fr\b/i.test(chosen ?? page) ? 'fr' : 'en';

/** A text in a language, otherwise in French, otherwise in any. */
export function localText(text: LocalText | undefined, lang: string): string {
  if (!text) return '';
  const base = lang.split('-')[0] ?? lang;
  return text[lang] ?? text[base] ?? text['fr'] ?? Object.values(text)[0] ?? '';
}

const builtIn: Record<UiLanguage, Pick<SpaceView, 'greeting' | 'intro'>> = {
  fr: {
    greeting: 'Bonjour',
    intro: 'Posez votre question\u00a0: elle est gardée ici et partira dès que possible.',
  },
  en: {
    greeting: 'Hello',
    intro: 'Ask your question: it is kept here and leaves as soon as it can.',
  },
};

export function spaceView(record: SpaceRecord | null, lang: UiLanguage): SpaceView {
  if (!record) return { name: '', open: false, suggestions: [], charter: '', ...builtIn[lang] };
  return {
    name: localText(record.name, lang),
    open: record.mode === SpaceMode.open,
    greeting: localText(record.greeting, lang) || builtIn[lang].greeting,
    intro: localText(record.intro, lang) || builtIn[lang].intro,
    suggestions: (record.suggestions ?? []).map((text) => localText(text, lang)).filter(Boolean),
    charter: localText(record.charter, lang),
  };
}

/** The space's mode as this device knows it; closed until then. */
export const spaceMode = (record: SpaceRecord | null): SpaceMode =>
  record?.mode === SpaceMode.open ? SpaceMode.open : SpaceMode.closed;

const parsed = new WeakMap<RecordRow, unknown>();

/** A record row's value, parsed once; null for what is not JSON. */
export function recordValue(row: RecordRow): unknown {
  if (!parsed.has(row)) parsed.set(row, parse(row.value));
  return parsed.get(row);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null; // of a newer build: as if it were not there
  }
}

interface SpaceRecords {
  readonly space: SpaceRecord;
  readonly roster: RosterRecord;
}

/** One of a space's records, or null while it is not known. */
export function recordOf<K extends keyof SpaceRecords>(
  rows: readonly Row[],
  key: K,
): SpaceRecords[K] | null {
  const row = rows.findLast((row) => row.type === 'record' && row.key === key);
  return row?.type === 'record' ? (recordValue(row) as SpaceRecords[K] | null) : null;
}
