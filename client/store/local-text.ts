/** The brand's texts in the reader's language, and built-in ones until the space was ever reached. */
import type { LocalText, SpaceRecord } from '../../shared/protocol/records.ts';
import type { SpaceView } from './chat-state.ts';

/** A text in `lang` (by its primary tag), else French, else any. */
export function inLang(text: LocalText | undefined, lang: string): string {
  if (!text) return '';
  return text[lang] ?? text[lang.split('-')[0] ?? ''] ?? text['fr'] ?? Object.values(text)[0] ?? '';
}

/** The languages that the interface speaks. */
export const LANGS = ['fr', 'en'] as const;
export type Lang = (typeof LANGS)[number];

/** The interface's language for a BCP 47 tag: French for French, English for the rest. */
export const langOf = (tag: string): Lang => (/^fr\b/i.test(tag) ? 'fr' : 'en');

/** Words for a space that this device never reached: the element must work before any contact. */
const builtIn: Record<Lang, SpaceView> = {
  fr: {
    name: '',
    greeting: 'Bonjour, on peut vous aider ?',
    intro: 'Posez votre question : des clients qui s’y connaissent et l’équipe vous répondent ici.',
    suggestions: [],
    charter: '',
    promise: '',
  },
  en: {
    name: '',
    greeting: 'Hello, can we help?',
    intro: 'Ask your question: customers who know their stuff, and our team, answer here.',
    suggestions: [],
    charter: '',
    promise: '',
  },
};

/** A space as shown: its record in the reader's language, blanks filled with built-in words. */
export function spaceView(record: SpaceRecord | undefined, lang: Lang): SpaceView {
  const words = builtIn[lang];
  if (!record) return words;
  const suggestions = record.suggestions.map((text) => inLang(text, lang));
  return {
    name: inLang(record.name, lang),
    greeting: inLang(record.greeting, lang) || words.greeting,
    intro: inLang(record.intro, lang) || words.intro,
    suggestions: suggestions.filter((text) => text !== ''),
    charter: inLang(record.charter, lang),
    promise: inLang(record.promise, lang),
  };
}
