/** The built client: pages with the community's fingerprint filled in, scripts that any site may load. */
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { type Context, Hono } from 'hono';
import type { Fingerprint } from '../../shared/ids.ts';

export interface StaticOptions {
  /** Where the build is: `dist/`. */
  readonly folder: string;
  readonly fingerprint: Fingerprint;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
};

const FINGERPRINT = '%COMPTOIR_COMMUNITY%';
/** Names with a content hash never change what they hold. */
const HASHED = /\/assets\/.*[-.][\w-]{8,}\.\w+$/;

const pageSecurity: Readonly<Record<string, string>> = {
  'Content-Security-Policy':
    "default-src 'self'; style-src 'self'; img-src 'self' data:; require-trusted-types-for 'script'; " +
    "trusted-types lit-html comptoir; frame-ancestors 'none'; base-uri 'none'",
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
};

interface File {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly type: string;
  readonly etag: string;
}

export function staticFiles(options: StaticOptions): Hono {
  const files = new FileCache(options);
  const app = new Hono();
  app.get('*', async (context) => {
    const path = new URL(context.req.url).pathname;
    const found = await files.find(path);
    if (found === undefined) {
      // A page in a folder is at the folder's address: its service worker covers no other.
      const inFolder = !path.endsWith('/') && (await files.find(`${path}/`)) !== undefined;
      // One slash: `//desk/` would be another host's address.
      return inFolder
        ? context.redirect(path.replace(/^\/*(.*)$/, '/$1/'), 308)
        : notFound(context, path);
    }
    const isPage = found.type.startsWith('text/html');
    const headers: Record<string, string> = {
      'Content-Type': found.type,
      ETag: found.etag,
      'Cache-Control': HASHED.test(path)
        ? 'public, max-age=31536000, immutable'
        : 'public, max-age=60, must-revalidate',
      // Pages are ours alone; scripts and pictures are for every site that embeds them.
      ...(isPage
        ? pageSecurity
        : { 'Access-Control-Allow-Origin': '*', 'Cross-Origin-Resource-Policy': 'cross-origin' }),
    };
    if (context.req.header('If-None-Match') === found.etag) return context.body(null, 304, headers);
    return context.body(found.body, 200, headers);
  });
  return app;
}

function notFound(context: Context, path: string): Response {
  if (path === '/') return context.text('The pages are not built yet: run "npm run build".\n', 503);
  return context.text('Not found\n', 404);
}

/** Files of the build, read once each and again when they change. */
class FileCache {
  readonly #options: StaticOptions;
  readonly #files = new Map<string, { readonly changed: number; readonly file: File }>();

  constructor(options: StaticOptions) {
    this.#options = options;
  }

  async find(path: string): Promise<File | undefined> {
    const name = fileName(path);
    return name === undefined ? undefined : this.#read(name);
  }

  async #read(path: string): Promise<File | undefined> {
    const full = join(this.#options.folder, path);
    const info = await stat(full).catch(() => undefined);
    if (!info?.isFile()) return undefined;
    const known = this.#files.get(path);
    if (known?.changed === info.mtimeMs) return known.file;
    const file = this.#fileOf(path, await readFile(full));
    this.#files.set(path, { changed: info.mtimeMs, file });
    return file;
  }

  #fileOf(path: string, content: Buffer): File {
    const type = types[extname(path)] ?? 'application/octet-stream';
    const isText = type.startsWith('text/html');
    const filled = isText
      ? content.toString('utf8').replaceAll(FINGERPRINT, this.#options.fingerprint)
      : content;
    const body = new Uint8Array(Buffer.from(filled));
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
    return { body, type, etag };
  }
}

/** `/desk/` is `desk/index.html`. Paths that climb or hide name nothing. */
function fileName(path: string): string | undefined {
  let plain: string;
  try {
    plain = decodeURIComponent(path);
  } catch {
    return undefined; // not a path
  }
  if (/\0|\\|(^|\/)\./.test(plain)) return undefined;
  return plain.endsWith('/') ? `${plain}index.html` : plain;
}
