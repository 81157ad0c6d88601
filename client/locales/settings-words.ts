/** The words of the widget's settings, in the language of a BCP 47 tag. */
import { settingsEn } from './settings-en.ts';
import { type SettingsWords, settingsFr } from './settings-fr.ts';

/** As `languageOf`: that one is in the first chunk, and shared with this one would get its own. */
export const settingsWords = (tag: string): SettingsWords =>
  /^fr\b/i.test(tag) ? settingsFr : settingsEn;
