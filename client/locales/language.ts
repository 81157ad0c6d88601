/** The languages that the screens speak. */
export type Language = 'fr' | 'en';

/** The nearest of ours to a BCP 47 tag: French for French, English for the rest. */
export const languageOf = (tag: string): Language => (/^fr\b/i.test(tag) ? 'fr' : 'en');
