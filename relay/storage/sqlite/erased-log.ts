/**
 * `erased.log`, beside the database: one line for each erased entry, on disk before the database forgets
 * the entry. So an older backup of the database is cleaned when it is opened again.
 */
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { type EntryId, type MemberId, parseEntryId, parseMemberId } from '../../../shared/ids.ts';
import type { ErasedEntry } from '../../core/ports/room-storage.ts';

export class ErasedLog {
  readonly #file: number;
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
    this.#file = openSync(path, 'a', 0o600);
  }

  /** When it returns, the lines are on disk. */
  append(entries: readonly ErasedEntry[]): void {
    if (entries.length === 0) return;
    writeSync(this.#file, entries.map(({ id, member }) => `${id} ${member}\n`).join(''));
    fsyncSync(this.#file);
  }

  /**
   * Everything that was ever erased. A line cut short by a power cut is ignored: its erasure was not
   * acknowledged.
   */
  read(): Map<EntryId, MemberId> {
    const erased = new Map<EntryId, MemberId>();
    for (const line of readFileSync(this.#path, 'utf8').split('\n')) {
      const entry = readLine(line);
      if (entry) erased.set(entry.id, entry.member);
    }
    return erased;
  }

  close(): void {
    closeSync(this.#file);
  }
}

function readLine(line: string): ErasedEntry | undefined {
  const [id = '', member = ''] = line.split(' ');
  try {
    return { id: parseEntryId(id), member: parseMemberId(member) };
  } catch {
    return undefined; // the empty last line, or one cut short
  }
}
