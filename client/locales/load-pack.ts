/** Fetches the words of one language; they are there once this resolves. */
import { retryingImport } from '../ui/retrying-import.ts';
import { languageOf } from './language.ts';

const packs = {
  fr: retryingImport(() => import('./pack-fr.ts')),
  en: retryingImport(() => import('./pack-en.ts')),
};

export const loadPack = (tag: string): Promise<unknown> => packs[languageOf(tag)]();
