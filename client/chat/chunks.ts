/**
 * What a first screen does not need. Each chunk is named for what it holds, and is fetched when something
 * asks for it. If a fetch fails, whoever asked is told, and the next to ask tries again.
 */
import { languageOf } from '../locales/language.ts';
import { fetchOnce } from '../signals/fetch-once.ts';

export const fetchConversation = fetchOnce(() => import('./conversation/conversation-chunk.ts'));
export const fetchSettings = fetchOnce(() => import('./settings/settings-chunk.ts'));
export const fetchDevices = fetchOnce(() => import('./devices/devices-chunk.ts'));
export const fetchOpenSpace = fetchOnce(() => import('./open-space/open-space-chunk.ts'));
export const fetchInstaller = fetchOnce(() => import('./installer/installer-chunk.ts'));
export const fetchPreview = fetchOnce(() => import('./preview/preview-chunk.ts'));

const words = {
  fr: fetchOnce(() => import('../locales/pack-fr.ts')),
  en: fetchOnce(() => import('../locales/pack-en.ts')),
};

/** The words of one language; they are there once this resolves. */
export const fetchWords = (tag: string): Promise<unknown> => words[languageOf(tag)]();

/** What every chat comes to need, fetched while nothing else is to do. */
export function fetchAhead(): void {
  for (const fetch of [fetchConversation, fetchPreview, fetchSettings, words.fr, words.en]) {
    fetch().catch(() => {}); // whoever needs it asks again, and tells
  }
}
