/** What concerns only this device: drafts and settings. */
import type { Database } from './database.ts';

export async function readDraft(database: Database, key: string): Promise<string> {
  return ((await database.get(['draft', key])) as string | undefined) ?? '';
}

export function writeDraft(database: Database, key: string, text: string): Promise<void> {
  return database.write((transaction) => {
    if (text === '') transaction.delete(['draft', key]);
    else transaction.put(['draft', key], text);
  });
}

export async function readSetting<T>(database: Database, key: string): Promise<T | undefined> {
  return (await database.get(['setting', key])) as T | undefined;
}

export function writeSetting(database: Database, key: string, value: unknown): Promise<void> {
  return database.write((transaction) => transaction.put(['setting', key], value));
}
