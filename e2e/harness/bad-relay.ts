/** Relays gone wrong, on a port of their own: what a widget must bear calmly. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type Server, createServer } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { WebSocketServer } from 'ws';

export type Fault =
  /** Takes connections and never answers. */
  | 'silent'
  /** Answers every request, the upgrade too, after 30 s. */
  | 'slow'
  /** Answers every request, the upgrade too, with 500. */
  | '500'
  /** Takes the socket, then speaks noise; answers requests with noise. */
  | 'garbage'
  /** Closes every connection at once. */
  | 'closing';

export interface BadRelay {
  readonly url: string;
  close(): Promise<void>;
}

export async function startBadRelay(fault: Fault): Promise<BadRelay> {
  const sockets = new Set<{ destroy(): void }>();
  const server = make(fault);
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

const SLOW_MS = 30_000;

/** Late, and right in itself: the socket opens after the wait, and says as little. */
function slow(): Server {
  const later = new Set<NodeJS.Timeout>();
  const sockets = new WebSocketServer({ noServer: true });
  const server = createServer((_request, response) => {
    const headers = { 'content-type': 'application/json', 'access-control-allow-origin': '*' };
    later.add(setTimeout(() => response.writeHead(200, headers).end('{}'), SLOW_MS));
  });
  server.on('upgrade', (request, socket, head) => {
    later.add(
      setTimeout(() => {
        if (!socket.destroyed) sockets.handleUpgrade(request, socket, head, () => {});
      }, SLOW_MS),
    );
  });
  server.on('close', () => later.forEach((timer) => clearTimeout(timer)));
  return server;
}

function make(fault: Fault): Server | ReturnType<typeof createTcpServer> {
  if (fault === 'silent') return createTcpServer(() => {});
  if (fault === 'closing') return createTcpServer((socket) => socket.destroy());
  if (fault === 'slow') return slow();
  const cors = { 'access-control-allow-origin': '*' };
  if (fault === '500') {
    const server = createServer((_request, response) =>
      response.writeHead(500, cors).end('broken'),
    );
    server.on('upgrade', (_request, socket) =>
      socket.end('HTTP/1.1 500 Internal Server Error\r\n\r\n'),
    );
    return server;
  }
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', ...cors }).end(randomBytes(200));
  });
  const noise = new WebSocketServer({ server });
  noise.on('connection', (socket) => {
    socket.on('error', () => {});
    for (const length of [1, 3, 50, 4_000]) socket.send(randomBytes(length));
  });
  return server;
}
