/** Readers: a stock y-websocket provider, one that does not read, one who comes late to much. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { ROWS } from '../../shared/conversation/row.ts';
import { CloseCode } from '../../shared/protocol/close-codes.ts';
import { sameRows } from '../../shared/protocol/digest.ts';
import { conversationRoom } from '../../shared/protocol/rooms.ts';
import { askAtLength } from '../testing/long-conversation.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { startTestRelay } from '../testing/start-test-relay.ts';
import { TestDevice } from '../testing/test-device.ts';
import { waitFor } from '../testing/witness.ts';

describe('readers', () => {
  it('a stock provider reads a conversation at its own path, live', async () => {
    await using test = await startTestRelay();
    const { fingerprint } = test.relay.core.authority;
    const visitor = await TestDevice.connect(test.socketUrl, fingerprint);
    const { conversation } = await visitor.ask('For a stock provider');
    const room = conversationRoom(conversation);
    visitor.say({ type: 'tokenWanted', room });
    await visitor.until(() => visitor.controls.some(({ type }) => type === 'token'), 'the token');
    const told = visitor.controls.find((control) => control.type === 'token');
    assert.ok(told && told.token !== '');
    const doc = new Y.Doc();
    const provider = new WebsocketProvider(test.socketUrl, room, doc, {
      WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
      protocols: ['comptoir', told.token],
      disableBc: true,
    });
    try {
      await new Promise<void>((resolve) =>
        provider.on('sync', (synced: boolean) => synced && resolve()),
      );
      const rows = doc.getArray<Uint8Array>(ROWS);
      assert.equal(rows.length, 1);
      const arrived = new Promise<void>((resolve) => rows.observe(() => resolve()));
      await visitor.write(conversation, { kind: 'say', text: 'live' });
      await arrived;
      assert.equal(rows.length, 2);
    } finally {
      provider.destroy();
      doc.destroy();
    }
    await visitor.close();
  });

  it('a stock provider may say anything before its room is open: its state vector is heard', async () => {
    await using test = await startTestRelay();
    const { connections, core } = test.relay;
    const visitor = await TestDevice.connect(test.socketUrl, core.authority.fingerprint);
    const { conversation } = await visitor.ask('Early');
    const sent: Uint8Array[] = [];
    const line = {
      send: (bytes: Uint8Array) => void sent.push(bytes),
      close() {},
      bufferedBytes: () => 0,
    };
    const [room, device] = [conversationRoom(conversation), visitor.identity.key];
    const reader = connections.openReader(line, { room, device, address: '192.0.2.1' });
    for (let times = 0; times < 20; times++) reader.receive(new Uint8Array(1_000_000).fill(1));
    reader.receive(Uint8Array.of(0, 0, 1, 0));
    await waitFor(
      () => sent.some(([type, step]) => type === 0 && step === 1),
      () => 'it is not answered',
    );
    reader.ended();
    await visitor.close();
  });

  it('refuses a token for another room, none, or one too old', async () => {
    await using test = await startTestRelay();
    const { fingerprint } = test.relay.core.authority;
    const visitor = await TestDevice.connect(test.socketUrl, fingerprint);
    const { conversation } = await visitor.ask('No token');
    visitor.say({ type: 'tokenWanted', room: 'space/demo' });
    await visitor.until(() => visitor.controls.some(({ type }) => type === 'token'), 'the token');
    const told = visitor.controls.find((control) => control.type === 'token');
    for (const protocols of [['comptoir'], ['comptoir', told!.token], ['comptoir', 'x.y']]) {
      const socket = new WebSocket(`${test.socketUrl}/conversation/${conversation}`, protocols);
      const status = await new Promise((resolve) => {
        socket.on('unexpected-response', (_, response) => resolve(response.statusCode));
        socket.on('error', () => {});
      });
      assert.equal(status, 401);
    }
    visitor.say({ type: 'tokenWanted', room: 'inbox/demo' });
    await visitor.until(
      () => visitor.controls.filter(({ type }) => type === 'token').length === 2,
      'the refusal',
    );
    const refused = visitor.controls.findLast((control) => control.type === 'token');
    assert.equal(refused?.token, '');
    await visitor.close();
  });

  it('tells a stock provider by a code that its token has ended, and it dials no more', async () => {
    const clock = new ManualClock(Date.now());
    await using test = await startTestRelay({ clock });
    const { fingerprint } = test.relay.core.authority;
    const visitor = await TestDevice.connect(test.socketUrl, fingerprint);
    const { conversation } = await visitor.ask('For a while');
    const room = conversationRoom(conversation);
    visitor.say({ type: 'tokenWanted', room });
    const { token } = await visitor.next('token');
    clock.advance(5 * 60_000);
    const doc = new Y.Doc();
    const provider = new WebsocketProvider(test.socketUrl, room, doc, {
      WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
      protocols: ['comptoir', token],
      disableBc: true,
    });
    try {
      const code = await new Promise((resolve) =>
        provider.on('connection-close', (event: { readonly code: number } | null) =>
          resolve(event?.code),
        ),
      );
      assert.equal(code, CloseCode.tokenEnded);
      assert.equal(provider.shouldConnect, false);
    } finally {
      provider.destroy();
      doc.destroy();
    }
    const forged = new WebSocket(`${test.socketUrl}/${room}`, ['comptoir', `${token}x`]);
    const status = await new Promise((resolve) => {
      forged.on('unexpected-response', (_, response) => resolve(response.statusCode));
      forged.on('error', () => {});
    });
    assert.equal(status, 401);
    await visitor.close();
  });

  it('lets who does not read go within a minute, and buffers little meanwhile', async () => {
    const clock = new ManualClock(Date.now());
    await using test = await startTestRelay({ clock, config: { entriesPerMinute: 100_000 } });
    const { connections, core } = test.relay;
    const { fingerprint } = core.authority;
    const visitor = await TestDevice.connect(test.socketUrl, fingerprint);
    const conversation = await askAtLength(visitor, 16_000_000);
    const slow = await TestDevice.connect(test.socketUrl, fingerprint, {
      identity: visitor.identity,
    });
    slow.socket.pause();
    slow.frame({ op: 'open', channel: 1, room: conversationRoom(conversation), generation: 0 });
    await visitor.ask('by then it is open');
    slow.frame({ op: 'data', channel: 1, data: new Uint8Array([0, 0, 1, 0]) });
    await waitFor(
      () => connections.pool.lagging > 0,
      () => 'nothing waits',
    );
    // The clock runs in jumps: a page may still have gone out after the first of them.
    for (let seconds = 10; seconds <= 120 && connections.size > 1; seconds += 10) {
      clock.advance(10_000);
      await visitor.ask('still served');
      assert.ok(connections.size === 2 || seconds > 40);
      assert.ok(connections.pool.held < 350_000, `${connections.pool.held} bytes wait`);
    }
    await waitFor(
      () => connections.size === 1,
      () => 'it is not let go',
    );
    assert.equal(connections.pool.held, 0);
    slow.socket.resume();
    await slow.until(() => slow.closed !== null, 'the close');
    assert.equal(slow.closed, CloseCode.slowReader);
    await visitor.close();
  });

  it('brings a late comer a long room in parts, and the digest agrees', async () => {
    await using test = await startTestRelay({ config: { entriesPerMinute: 100_000 } });
    const { fingerprint } = test.relay.core.authority;
    const visitor = await TestDevice.connect(test.socketUrl, fingerprint);
    const { conversation } = await visitor.ask('Long');
    const text = 'y'.repeat(4_000);
    for (let part = 0; part < 4; part++) {
      const entries = await Promise.all(
        Array.from({ length: 50 }, () =>
          visitor.identity.entry(fingerprint, conversation, { kind: 'say', text }),
        ),
      );
      await visitor.submit(...entries);
    }
    const room = await visitor.open(conversationRoom(conversation));
    assert.equal(room.bytes.length, 201);
    assert.ok(sameRows(room.digest!, room.digestHeld(fingerprint)));
    await visitor.close();
  });
});
