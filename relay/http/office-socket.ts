/**
 * The office by a local socket: a pipe in the data folder that only the relay's user may open. The command
 * line uses it, so its changes take effect at once on a running relay.
 */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chmod, rm } from 'node:fs/promises';
import { type IncomingMessage, type Server, request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createAdaptorServer } from '@hono/node-server';
import type { Readable } from 'node:stream';
import type { Hono } from 'hono';

/** What the office answered. */
export interface OfficeAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** Longer paths cannot be bound (`sun_path` of unix(7), minus what Node adds). */
const MOST_PATH = 100;

/** Where the office of a data folder listens. */
export function officePath(data: string): string {
  const name = createHash('sha256').update(resolve(data)).digest('hex').slice(0, 16);
  if (process.platform === 'win32') return `\\\\.\\pipe\\comptoir-${name}`;
  const inFolder = join(resolve(data), 'office.sock');
  return inFolder.length <= MOST_PATH ? inFolder : join(tmpdir(), `comptoir-${name}.sock`);
}

/**
 * Listens until closed, on behalf of the relay that has the data folder.
 */
export async function listenToOffice(app: Hono, data: string): Promise<Server> {
  const path = officePath(data);
  if (process.platform !== 'win32') await rm(path, { force: true }); // left by one that was killed
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  server.listen(path);
  await once(server, 'listening');
  if (process.platform !== 'win32') await chmod(path, 0o600);
  return server;
}

/** Asks the office of a running relay; undefined if none runs. */
export async function askOffice(
  data: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<OfficeAnswer | undefined> {
  const socketPath = officePath(data);
  if (!(await answers(socketPath))) return undefined;
  const asked = request({ socketPath, method, path, headers: { host: 'localhost' } });
  asked.end(body === undefined ? undefined : JSON.stringify(body));
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  const text = (await answer.toArray()).join('');
  return { status: answer.statusCode ?? 500, body: bodyOf(answer.headers['content-type'], text) };
}

/** What an answer says: of JSON what it means, else its text; null for nothing. */
export function bodyOf(type: string | undefined, text: string): unknown {
  if (type?.startsWith('text/')) return text;
  return text === '' ? null : JSON.parse(text);
}

/**
 * What the office of a running relay sends, as it comes; undefined if none runs.
 * @throws {Error} in the office's words, if it refuses.
 */
export async function readOffice(data: string, path: string): Promise<Readable | undefined> {
  const socketPath = officePath(data);
  if (!(await answers(socketPath))) return undefined;
  const asked = request({ socketPath, method: 'GET', path, headers: { host: 'localhost' } });
  asked.end();
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  if (answer.statusCode === 200) return answer;
  const { message } = JSON.parse((await answer.toArray()).join('')) as { message: string };
  throw new Error(message);
}

/** Whether anybody listens there. */
async function answers(path: string): Promise<boolean> {
  const socket = connect(path);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
