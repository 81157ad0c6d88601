/** A site that passes a relay on under its own origin, with pages of its own, as docs/embedding.md advises. */
import { once } from 'node:events';
import { createServer, request as ask } from 'node:http';
import { type AddressInfo, connect } from 'node:net';

export interface OwnOrigin {
  readonly url: string;
  /** Whether it passes upgrades on. */
  passesSockets: boolean;
  close(): void;
}

/** @param port the relay's */
export async function startOwnOrigin(
  port: number,
  pages: Readonly<Record<string, string>>,
): Promise<OwnOrigin> {
  const server = createServer((request, response) => {
    const page = pages[request.url ?? ''];
    if (page !== undefined) {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page);
      return;
    }
    const { method, url: path, headers } = request;
    const passed = ask({ port, method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    passed.on('error', () => response.destroy());
    request.pipe(passed);
  });
  const opened = new Set<{ destroy(): void }>();
  server.on('connection', (socket) => opened.add(socket));
  server.on('upgrade', (request, near, head) => {
    if (!site.passesSockets) return near.end('HTTP/1.1 426 Upgrade Required\r\n\r\n');
    const far = connect(port, '127.0.0.1');
    opened.add(far);
    const lines = [`GET ${request.url} HTTP/1.1`];
    for (let at = 0; at < request.rawHeaders.length; at += 2)
      lines.push(`${request.rawHeaders[at]}: ${request.rawHeaders[at + 1]}`);
    far.write(`${lines.join('\r\n')}\r\n\r\n`);
    far.write(head);
    near.pipe(far).pipe(near);
    near.on('error', () => far.destroy());
    far.on('error', () => near.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const site: OwnOrigin = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    passesSockets: true,
    close() {
      server.close();
      for (const socket of opened) socket.destroy();
    },
  };
  return site;
}
