/** A socket of somebody. People come from many networks: a relay counts connections by address. */
import { once } from 'node:events';
import { type ClientOptions, WebSocket } from 'ws';

const NETWORKS = 200;
let dialled = 0;

export function dial(url: string, heard: (bytes: Buffer) => void): WebSocket {
  const localAddress = `127.0.${1 + (dialled++ % NETWORKS)}.1`;
  const options: ClientOptions = { localAddress, perMessageDeflate: false };
  const socket = new WebSocket(url, options);
  socket.on('message', heard);
  return socket;
}

/** Rejects when the socket fails or closes before `done`. */
export function orClosed<T>(socket: WebSocket, done: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once('close', (code) => reject(new Error(`closed ${code}`)));
    done.then(resolve, reject);
  });
}

export const opened = (socket: WebSocket): Promise<unknown> => once(socket, 'open');
