import assert from 'node:assert/strict';
import { on, once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { test } from 'node:test';
import { WebSocket, WebSocketServer } from 'ws';
import { WriteTogether, framed } from './write-together.ts';

/** A socket, and the sizes of what it was asked to write at once. */
function socketWith(writes: number[][]): Writable {
  return new Writable({
    highWaterMark: 1_000_000,
    write: (chunk: Buffer, _, done) => {
      writes.push([chunk.length]);
      done();
    },
    writev: (chunks, done) => {
      writes.push(chunks.map(({ chunk }) => (chunk as Buffer).length));
      done();
    },
  });
}

test('small messages of one turn are written at once, in order, and what is large goes out by itself', async () => {
  const writes: number[][] = [];
  const socket = socketWith(writes);
  const together = new WriteTogether(socket);
  const send = (bytes: number): void => {
    together.before(bytes, () => socket.writableLength);
    socket.write(Buffer.alloc(bytes));
  };
  send(10);
  send(20);
  assert.equal(together.waited, 0, 'the network was not asked yet');
  assert.deepEqual(writes, []);
  await setImmediate();
  assert.deepEqual(writes, [[10, 20]]);
  assert.equal(together.waited, null);
  send(30);
  send(50_000);
  assert.deepEqual(writes.slice(1), [[30], [50_000]], 'not behind what comes later');
  for (let count = 0; count < 12; count++) send(4_000);
  assert.equal(writes.length, 4, 'no more is held than is small');
  await setImmediate();
  assert.deepEqual(
    writes.slice(3).flat(),
    Array.from({ length: 12 }, () => 4_000),
  );
});

test('messages of any small length are read as they were, in order', async () => {
  const messages = [0, 1, 125, 126, 127, 4_096, 65_535].map((length) =>
    Buffer.alloc(length, length % 251),
  );
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  server.on('connection', (_, { socket }) => {
    for (const bytes of messages) socket.write(framed(bytes));
  });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const client = new WebSocket(`ws://127.0.0.1:${port}`);
  for await (const [bytes, isBinary] of on(client, 'message')) {
    assert.ok(isBinary);
    assert.deepEqual(bytes, messages.shift());
    if (messages.length === 0) break;
  }
  client.close();
  server.close();
  await once(client, 'close');
});

test('what many readers get is put in a frame once', () => {
  const bytes = Uint8Array.of(1, 2, 3);
  assert.equal(framed(bytes), framed(bytes));
  assert.deepEqual([...framed(Uint8Array.of(4))], [0x82, 1, 4]);
  assert.deepEqual([...framed(bytes)], [0x82, 3, 1, 2, 3]);
});
