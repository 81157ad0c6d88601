/** HTTP by hand over TCP: requests that no browser sends, and readers that do not read. */
import { once } from 'node:events';
import { type Socket, connect } from 'node:net';

export const get = (path: string, more = ''): string =>
  `GET ${path} HTTP/1.1\r\nHost: localhost\r\n${more}\r\n`;

/** Connections on which as much is said, and nothing is read. */
export function neverReading(
  port: number,
  count: number,
  said: string,
  from = '127.0.0.1',
): Promise<Socket[]> {
  return Promise.all(
    Array.from({ length: count }, async () => {
      const socket = connect({ port, host: '127.0.0.1', localAddress: from });
      socket.on('error', () => {});
      await once(socket, 'connect');
      socket.pause();
      socket.write(said);
      return socket;
    }),
  );
}

/** Reads until the other end has said `enough`, or hung up. */
export async function readUntil(
  socket: Socket,
  enough: (text: string) => boolean,
): Promise<string> {
  let text = '';
  socket.setEncoding('latin1');
  for await (const piece of socket) {
    text += String(piece);
    if (enough(text)) break;
  }
  return text;
}
