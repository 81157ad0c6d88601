/**
 * Whether the files that are open are still those of the folder. Whoever deletes or replaces them while
 * the relay runs would otherwise have it acknowledge into files that nobody finds again.
 */
import { statSync } from 'node:fs';
import { dataFault } from '../../../platform/data-fault.ts';

export class FilesInPlace {
  readonly #folder: string;
  /** Numbers of the files as they were first seen. */
  readonly #seen = new Map<string, number>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Checks files by their path.
   * @throws {DataFault} if one is another than it was, or gone.
   */
  check(paths: readonly string[]): void {
    for (const path of paths) {
      const is = statSync(path, { throwIfNoEntry: false })?.ino;
      const was = this.#seen.get(path);
      if (was === undefined && is !== undefined) this.#seen.set(path, is);
      else if (is !== was || is === undefined) throw dataFault('moved', this.#folder);
    }
  }
}
