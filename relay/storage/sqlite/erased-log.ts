/**
 * `erased.log`, beside the database: one line for each erased entry, on disk before the database forgets
 * the entry. So an older backup of the database is cleaned when it is opened again. A line `h` says that an entry
 * was hidden, a line `u` that it was shown again.
 */
import {
  closeSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  readSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { type EntryId, type MemberId, parseEntryId, parseMemberId } from '../../../shared/ids.ts';
import type { ErasedEntry } from '../../core/ports/room-storage.ts';
import { dataFault } from '../../platform/data-fault.ts';

/** What leaves rooms, and what comes back. */
export interface Gone {
  readonly erased: readonly ErasedEntry[];
  readonly hidden?: readonly ErasedEntry[] | undefined;
  readonly shown?: readonly EntryId[] | undefined;
}

export class ErasedLog {
  readonly #file: number;
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
    this.#file = openSync(path, 'a+', 0o600);
    this.#endLine();
  }

  /** When it returns, the lines are on disk. If it throws, the file is as it was. */
  append({ erased, hidden = [], shown = [] }: Gone): void {
    const lines = [
      ...erased.map(({ id, member }) => `${id} ${member}\n`),
      ...hidden.map(({ id, member }) => `h ${id} ${member}\n`),
      ...shown.map((id) => `u ${id}\n`),
    ];
    if (lines.length === 0) return;
    const { size, nlink } = fstatSync(this.#file);
    if (nlink === 0) throw dataFault('moved', dirname(this.#path));
    try {
      this.#write(lines.join(''));
      fsyncSync(this.#file);
    } catch (error) {
      ftruncateSync(this.#file, size); // what comes next must not follow half a line
      throw error;
    }
  }

  read(): Map<EntryId, MemberId> {
    return new Map(erasedIn(this.#path).map(({ id, member }) => [id, member]));
  }

  /** Those of which the last line says that they are hidden. */
  readHidden(): Map<EntryId, MemberId> {
    const hidden = new Map<EntryId, MemberId>();
    for (const line of readFileSync(this.#path, 'utf8').split('\n')) {
      const found = readLine(line.slice(2));
      if (line.startsWith('h ') && found) hidden.set(found.id, found.member);
      else if (line.startsWith('u ')) hidden.delete(line.slice(2) as EntryId);
    }
    return hidden;
  }

  close(): void {
    closeSync(this.#file);
  }

  /** A line that a power cut left open would take in the next one. */
  #endLine(): void {
    const { size } = fstatSync(this.#file);
    const last = Buffer.alloc(1);
    if (size === 0 || readSync(this.#file, last, 0, 1, size - 1) === 0) return;
    if (last.toString() !== '\n') this.#write('\n');
  }

  /** A disk that fills up takes a part, and says so only when it is asked for the rest. */
  #write(text: string): void {
    const bytes = Buffer.from(text);
    for (let done = 0; done < bytes.length;) done += writeSync(this.#file, bytes, done);
  }
}

/**
 * Everything that was ever erased. A line cut short by a power cut is ignored: its erasure was not
 * acknowledged.
 */
export const erasedIn = (path: string): ErasedEntry[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line) => readLine(line) ?? []);

function readLine(line: string): ErasedEntry | undefined {
  const [id = '', member = ''] = line.split(' ');
  try {
    return { id: parseEntryId(id), member: parseMemberId(member) };
  } catch {
    return undefined; // the empty last line, or one cut short
  }
}
