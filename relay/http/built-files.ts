/**
 * The files of the build, each read once, and again when it changes. A file has the one name that its
 * folder lists. What strangers ask for is looked up and never kept: there is one entry for each file.
 */
import { createHash } from 'node:crypto';
import { readFile, readdir, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import { type Encoding, encodings } from './accepted-encoding.ts';

/** A file as it is sent. */
export interface SentFile {
  readonly body: Uint8Array<ArrayBuffer>;
  /** Of these very bytes: each encoding has its own. */
  readonly etag: string;
}

/** `null`: the file as it is, which is always there. */
export type Forms = ReadonlyMap<Encoding | null, SentFile>;

export interface BuiltFilesOptions {
  /** Where the build is: `dist/`. */
  readonly folder: string;
  /** Fills in what only the relay knows. It is given the pages. */
  readonly fill: (page: string) => string;
  /** How old the list of names may be: what a build adds meanwhile shows after this. @default 1_000 */
  readonly listMs?: number;
}

const suffixes: Readonly<Record<Encoding, string>> = { br: '.br', gzip: '.gz' };
const compressors = { br: promisify(brotliCompress), gzip: promisify(gzip) };

interface Kept {
  /** Changes whenever the file or its compressed copies do. */
  readonly version: string;
  readonly forms: Promise<Forms>;
}

export class BuiltFiles {
  readonly #options: BuiltFilesOptions;
  readonly #kept = new Map<string, Kept>();
  #names: Promise<ReadonlySet<string>> | undefined;
  #listed = 0;

  constructor(options: BuiltFilesOptions) {
    this.#options = options;
  }

  /** @param name as the folder lists it, such as `desk/index.html`. */
  async find(name: string): Promise<Forms | undefined> {
    const names = await this.#list();
    if (!names.has(name)) return undefined;
    const info = await stat(join(this.#options.folder, name)).catch(() => undefined);
    if (!info) return undefined; // gone since it was listed
    const copies = encodings.filter((encoding) => names.has(name + suffixes[encoding]));
    const version = [info.mtimeMs, info.size, ...copies].join(' ');
    const kept = this.#kept.get(name);
    if (kept?.version === version) return kept.forms;
    const forms = name.endsWith('.html') ? this.#fillPage(name) : this.#read(name, copies);
    this.#kept.set(name, { version, forms });
    forms.catch(() => this.#kept.delete(name));
    return forms;
  }

  #list(): Promise<ReadonlySet<string>> {
    const { listMs = 1_000 } = this.#options;
    const now = performance.now();
    if (this.#names && now - this.#listed < listMs) return this.#names;
    this.#listed = now;
    this.#names = this.#readNames();
    return this.#names;
  }

  async #readNames(): Promise<ReadonlySet<string>> {
    const { folder } = this.#options;
    // Without a build there is nothing to send, and the relay's other doors stay open.
    const items = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
    const names = new Set<string>();
    for (const item of items) {
      const name = join(item.parentPath, item.name).slice(join(folder, sep).length);
      if (item.isFile() && !item.name.startsWith('.')) names.add(name.replaceAll(sep, '/'));
    }
    for (const name of this.#kept.keys()) if (!names.has(name)) this.#kept.delete(name);
    return names;
  }

  async #fillPage(name: string): Promise<Forms> {
    const page = await readFile(join(this.#options.folder, name), 'utf8');
    const body = Buffer.from(this.#options.fill(page));
    const forms = new Map<Encoding | null, SentFile>([[null, sent(body)]]);
    for (const encoding of encodings) forms.set(encoding, sent(await compressors[encoding](body)));
    return forms;
  }

  async #read(name: string, copies: readonly Encoding[]): Promise<Forms> {
    const path = join(this.#options.folder, name);
    const forms = new Map<Encoding | null, SentFile>([[null, sent(await readFile(path))]]);
    for (const encoding of copies) {
      // A build that runs may have taken the copy away: the file itself will do.
      const copy = await readFile(path + suffixes[encoding]).catch(() => undefined);
      if (copy) forms.set(encoding, sent(copy));
    }
    return forms;
  }
}

function sent(content: Buffer): SentFile {
  const body = new Uint8Array(content);
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  return { body, etag };
}
