import assert from 'node:assert/strict';
import { on, once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { WebSocket, WebSocketServer } from 'ws';
import { framed } from './framed.ts';

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
