/** A brand's own web server: serves pages and the built script files, with headers of its choosing. */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { type Server, createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { HOSTILE_SCRIPT } from './embed-page.ts';

const dist = join(import.meta.dirname, '../../dist');
const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

export interface StaticHost {
  readonly url: string;
  /** Paths asked for, in order. */
  readonly requests: string[];
  close(): Promise<void>;
}

/** Serves `pages` by path, then files of dist/, all with `headers`. */
export async function startStaticHost(
  pages: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<StaticHost> {
  const requests: string[] = [];
  const server: Server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://host').pathname;
    requests.push(path);
    const page = pages[path];
    const file =
      path === HOSTILE_SCRIPT ? join(import.meta.dirname, path) : join(dist, normalize(path));
    const body = page === undefined ? readFile(file) : Promise.resolve(page);
    body.then(
      (content) => {
        const type =
          page === undefined
            ? (types[extname(path)] ?? 'application/octet-stream')
            : types['.html'];
        // As docs/embedding.md advises: what carries a hash in its name is kept for ever.
        const cached = path.startsWith('/assets/')
          ? { 'cache-control': 'public, max-age=31536000, immutable' }
          : {};
        response.writeHead(200, { 'content-type': type, ...cached, ...headers }).end(content);
      },
      () => response.writeHead(404, headers).end(),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
