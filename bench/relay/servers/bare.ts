/**
 * The least that a chat server can do: bare `ws`, which sends each frame to everybody on its path. With
 * `BENCH_FLOOR=1` it is the floor instead: each frame is appended to a file and on the disk before anybody
 * gets it, all that came meanwhile together.
 */
import { fdatasync, openSync, writev } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type WebSocket, WebSocketServer } from 'ws';
import { once } from 'node:events';

interface Frame {
  readonly room: ReadonlySet<WebSocket>;
  readonly bytes: Buffer;
}

const rooms = new Map<string, Set<WebSocket>>();
const append = promisify(writev);
const sync = promisify(fdatasync);
const isFloor = process.env['BENCH_FLOOR'] === '1';
const file = isFloor ? openSync(join(process.env['BENCH_DATA'] ?? '.', 'frames'), 'a') : -1;
let waiting: Frame[] = [];
let isWriting = false;

function broadcast({ room, bytes }: Frame): void {
  for (const reader of room) reader.send(bytes);
}

async function write(): Promise<void> {
  isWriting = true;
  while (waiting.length > 0) {
    const frames = waiting;
    waiting = [];
    await append(
      file,
      frames.map(({ bytes }) => bytes),
    );
    await sync(file);
    frames.forEach(broadcast);
  }
  isWriting = false;
}

function take(frame: Frame): void {
  if (!isFloor) return broadcast(frame);
  waiting.push(frame);
  if (!isWriting) void write();
}

const server = new WebSocketServer({
  port: Number(process.env['PORT']),
  host: '127.0.0.1',
  perMessageDeflate: false,
  backlog: 4_096,
});
server.on('connection', (socket, { url = '' }) => {
  const room = rooms.get(url) ?? new Set();
  rooms.set(url, room.add(socket));
  socket.on('message', (data) => take({ room, bytes: data as Buffer }));
  socket.on('error', () => socket.terminate());
  socket.on('close', () => {
    room.delete(socket);
    if (room.size === 0) rooms.delete(url);
  });
});
await once(server, 'listening');
process.stdout.write('ready\n');
