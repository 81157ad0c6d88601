/** Whether a WebSocket gets through, as a browser on the page would open it. */
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { randomBytes } from 'node:crypto';
import { type FetchFault, faultOf } from './fetch-bounded.ts';

/** The status of the answer: 101 is a socket. */
export function dial(
  address: URL,
  origin: string,
  timeoutMs = 10_000,
): Promise<number | FetchFault> {
  const request = address.protocol === 'https:' ? httpsRequest : httpRequest;
  const headers = {
    origin,
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': randomBytes(16).toString('base64'),
  };
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(timeoutMs);
    const dialled = request(address, { headers, signal, agent: false });
    dialled.on('upgrade', (response, socket) => {
      socket.destroy();
      resolve(response.statusCode ?? 0);
    });
    dialled.on('response', (response) => {
      response.destroy();
      resolve(response.statusCode ?? 0);
    });
    dialled.on('error', (error) =>
      resolve(signal.aborted ? { kind: 'slow', detail: '' } : faultOf(error)),
    );
    dialled.end();
  });
}
