/** Copies of a running relay's database, one at a time, for whoever makes a backup. */
import { createReadStream } from 'node:fs';
import { rm, stat, statfs } from 'node:fs/promises';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { ApiError } from '../../shared/api/route/api-error.ts';
import type { Storage } from '../storage/storage.ts';
import { COPY, DATABASE, besides } from './data-files.ts';

/** A copy must leave the relay room to write. */
const SPARE_BYTES = 16_000_000;

export class DatabaseCopies {
  readonly #storage: Storage;
  readonly #folder: string;
  #busy = false;

  constructor(storage: Storage, folder: string) {
    this.#storage = storage;
    this.#folder = folder;
  }

  /** A copy of one moment. Its file has no name any more: nothing of it stays, whoever stops reading. */
  async open(): Promise<Readable> {
    if (this.#busy) throw new ApiError('unavailable', 'A backup is being made: wait for it.');
    this.#busy = true;
    const path = join(this.#folder, COPY);
    try {
      await this.#checkRoom();
      await rm(path, { force: true });
      await this.#storage.copyTo(path);
      const copy = createReadStream(path, { highWaterMark: 1 << 18 });
      await once(copy, 'open');
      return copy;
    } finally {
      for (const file of [path, ...besides(path)]) await rm(file, { force: true });
      this.#busy = false;
    }
  }

  async #checkRoom(): Promise<void> {
    const { bavail, bsize } = await statfs(this.#folder);
    const { size } = await stat(join(this.#folder, DATABASE));
    if (bavail * bsize >= size + SPARE_BYTES) return;
    throw new ApiError(
      'unavailable',
      `The disk of ${this.#folder} has no room for a copy of the database (${Math.ceil(size / 1e6)} MB): make room, or stop the relay and back up then.`,
    );
  }
}
