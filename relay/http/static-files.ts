/** The built client: pages with the community's fingerprint, and scripts that any site may load. */
import { extname } from 'node:path';
import { type Context, Hono } from 'hono';
import type { Fingerprint } from '../../shared/ids.ts';
import { acceptedEncoding } from './accepted-encoding.ts';
import { BuiltFiles } from './built-files.ts';
import { holdsTag } from './api/holds-tag.ts';

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
const HASHED = /^assets\/.*[-.][\w-]{8,}\.\w+$/;

const pageSecurity: Readonly<Record<string, string>> = {
  'Content-Security-Policy':
    "default-src 'self'; style-src 'self'; img-src 'self' data:; require-trusted-types-for 'script'; " +
    "trusted-types lit-html comptoir; frame-ancestors 'none'; base-uri 'none'",
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
};

export function staticFiles(options: StaticOptions): Hono {
  const { folder, fingerprint } = options;
  const files = new BuiltFiles({
    folder,
    fill: (page) => page.replaceAll(FINGERPRINT, fingerprint),
  });
  const app = new Hono();
  app.get('*', async (context) => {
    const path = new URL(context.req.url).pathname;
    const name = fileName(path);
    const forms = name === undefined ? undefined : await files.find(name);
    if (name === undefined || forms === undefined) {
      // A page in a folder has the folder's address: its service worker covers no other.
      const page = name === undefined ? undefined : await files.find(`${name}/index.html`);
      return page === undefined ? notFound(context, path) : context.redirect(`/${name}/`, 308);
    }
    const encoding = acceptedEncoding(context.req.header('Accept-Encoding'), (each) =>
      forms.has(each),
    );
    const { body, etag } = forms.get(encoding)!;
    const type = types[extname(name)] ?? 'application/octet-stream';
    const headers: Record<string, string> = {
      'Content-Type': type,
      ETag: etag,
      'Cache-Control': HASHED.test(name)
        ? 'public, max-age=31536000, immutable'
        : 'public, max-age=60, must-revalidate',
      ...(forms.size > 1 ? { Vary: 'Accept-Encoding' } : {}),
      // Pages are ours alone; scripts and pictures are for every site that embeds them.
      ...(type.startsWith('text/html')
        ? pageSecurity
        : { 'Access-Control-Allow-Origin': '*', 'Cross-Origin-Resource-Policy': 'cross-origin' }),
    };
    if (holdsTag(context.req.header('If-None-Match'), etag))
      return context.body(null, 304, headers);
    if (encoding !== null) headers['Content-Encoding'] = encoding;
    return context.body(body, 200, headers);
  });
  return app;
}

function notFound(context: Context, path: string): Response {
  if (path === '/') return context.text('The pages are not built yet: run "npm run build".\n', 503);
  return context.text('Not found\n', 404);
}

/** `/desk/` is `desk/index.html`. */
function fileName(path: string): string | undefined {
  try {
    const name = decodeURIComponent(path).slice(1);
    return name === '' || name.endsWith('/') ? `${name}index.html` : name;
  } catch {
    return undefined; // not a path
  }
}
