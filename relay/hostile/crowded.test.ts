/**
 * A stranger behind the address of honest people, such as a shop's own network, who takes every socket and
 * connection that it may have, and another for each that is taken away.
 */
import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { request } from 'node:http';
import { type Socket, connect } from 'node:net';
import { describe, it } from 'node:test';
import { WebSocket } from 'ws';
import { CloseCode } from '../../shared/protocol/close-codes.ts';
import { conversationRoom } from '../../shared/protocol/rooms.ts';
import { get } from '../testing/raw-http.ts';
import { Refill } from './refill.ts';
import { type TestRelay, startTestRelay } from '../testing/start-test-relay.ts';
import { TestDevice, TestIdentity, redeem } from '../testing/test-device.ts';
import { waitFor } from '../testing/witness.ts';

/** That the address may have; three times as many connections. */
const SOCKETS = 20;
const CONNECTIONS = 3 * SOCKETS;
const MORE = 5;
const config = { socketsPerAddress: SOCKETS, entriesPerMinute: 100_000, questionsPerHour: 10_000 };

describe(
  'a stranger who takes all sockets of an address again and again',
  { timeout: 60_000 },
  () => {
    const community = (test: TestRelay) => test.relay.core.authority.fingerprint;

    /** Somebody honest: a client dials again when it was not let in. */
    async function comes(test: TestRelay, identity = new TestIdentity()): Promise<TestDevice> {
      for (let tries = 0; tries < 20; tries++) {
        const device = await TestDevice.connect(test.socketUrl, community(test), { identity });
        if (device.welcome) return device;
      }
      throw new Error('nobody is let in');
    }

    async function helperComes(test: TestRelay): Promise<TestDevice> {
      const identity = new TestIdentity();
      await redeem(test.url, community(test), identity, await test.relay.inviteLink(), 'Ana');
      return comes(test, identity);
    }

    /** Sockets of a stranger that say this once they are open. */
    const sockets = (test: TestRelay, codes: number[], count = SOCKETS + MORE): Refill<WebSocket> =>
      new Refill({
        count,
        open: () => {
          const socket = new WebSocket(test.socketUrl);
          socket.on('error', () => {}).on('close', (code) => codes.push(code));
          return socket;
        },
        end: (socket) => socket.terminate(),
      });

    /** Devices of a stranger, with a hello that is in order. */
    const devices = (
      test: TestRelay,
      codes: number[],
      identity: () => TestIdentity,
      then = async (_device: TestDevice): Promise<void> => {},
    ): Refill<WebSocket> => {
      const dial = async (dialled: (socket: WebSocket) => void): Promise<void> => {
        const connecting = TestDevice.connect(test.socketUrl, community(test), {
          identity: identity(),
          opened: dialled,
        });
        const device = await connecting;
        if (device.welcome) await then(device).catch(() => {}); // it may be let go meanwhile
      };
      return new Refill({
        count: SOCKETS + MORE,
        open: () => {
          let socket!: WebSocket;
          void dial((dialled) => (socket = dialled));
          socket.on('close', (code: number) => codes.push(code));
          return socket;
        },
        end: (socket) => socket.terminate(),
      });
    };

    /** A visitor and a helper come in, talk, and stay while the stranger goes on. */
    async function assertRoomForOthers(
      test: TestRelay,
      stranger: Refill<WebSocket>,
      codes: readonly number[],
    ): Promise<void> {
      await waitFor(
        () => stranger.lost > 0,
        () => 'the address is not full',
      );
      const visitor = await comes(test);
      const { conversation } = await visitor.ask('Do you have these in blue?');
      const helper = await helperComes(test);
      const room = await helper.open(conversationRoom(conversation));
      const lost = stranger.lost;
      await waitFor(
        () => stranger.lost > lost + 10 * SOCKETS,
        () => `only ${stranger.lost - lost} went`,
      );
      const { outcome } = await visitor.write(conversation, { kind: 'say', text: 'In size 40.' });
      assert.equal(outcome.type, 'durable');
      await helper.until(() => room.rows.length === 2, 'what was said');
      assert.deepEqual([visitor.closed, helper.closed], [null, null]);
      // A client comes back after minutes from this one.
      assert.ok(codes.filter((code) => code === CloseCode.tooMany).length > SOCKETS);
      await visitor.close();
      await helper.close();
    }

    it('and says nothing on them keeps nobody out', async () => {
      await using test = await startTestRelay({ config });
      const codes: number[] = [];
      using stranger = sockets(test, codes);
      await assertRoomForOthers(test, stranger, codes);
    });

    it('under a new key each time keeps nobody out', async () => {
      await using test = await startTestRelay({ config });
      const codes: number[] = [];
      using stranger = devices(test, codes, () => new TestIdentity());
      await assertRoomForOthers(test, stranger, codes);
    });

    it('under one key, with questions, keeps nobody out', async () => {
      await using test = await startTestRelay({ config });
      const codes: number[] = [];
      const identity = new TestIdentity();
      using stranger = devices(
        test,
        codes,
        () => identity,
        async (device) => void (await device.ask('?')),
      );
      await assertRoomForOthers(test, stranger, codes);
    });

    it('keeps nobody out who comes back, though their line was lost', async () => {
      await using test = await startTestRelay({ config });
      const identity = new TestIdentity();
      const before = await comes(test, identity);
      const { conversation } = await before.ask('Do you have these in blue?');
      await before.close();
      const codes: number[] = [];
      using stranger = devices(test, codes, () => new TestIdentity());
      await waitFor(
        () => stranger.lost > 0,
        () => 'the address is not full',
      );
      const visitor = await comes(test, identity);
      const room = await visitor.open(conversationRoom(conversation));
      const lost = stranger.lost;
      await waitFor(
        () => stranger.lost > lost + 10 * SOCKETS,
        () => `only ${stranger.lost - lost} went`,
      );
      assert.deepEqual([visitor.closed, room.rows.length], [null, 1]);
      await visitor.close();
    });

    it('and never answers when it is let go, leaves no sockets behind', async () => {
      await using test = await startTestRelay({ config });
      const upgrade =
        'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n' +
        'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n';
      let most = 0;
      const opened: Socket[] = [];
      using stranger = new Refill<EventEmitter>({
        count: 4 * SOCKETS,
        open: () => {
          const line = new EventEmitter();
          const socket = connect({ port: test.relay.port, host: '127.0.0.1', allowHalfOpen: true });
          opened.push(socket);
          socket.on('error', () => {}).on('data', () => {});
          socket.write(get('/sync', upgrade));
          socket.once('end', () => line.emit('close')); // its own end stays open
          return line;
        },
        end: () => opened.forEach((socket) => socket.destroy()),
      });
      await waitFor(
        () => {
          most = Math.max(most, test.relay.sockets.count);
          return stranger.lost > 10 * SOCKETS;
        },
        () => `only ${stranger.lost} went`,
      );
      assert.ok(most <= 2 * SOCKETS + 1, `${most} sockets at once`);
      const visitor = await comes(test);
      await visitor.close();
    });

    const HALVES = {
      'that say nothing': '',
      'with half a request': 'GET /sync HTTP/1.1\r\nUpgrade: webs',
      'with a body that never comes':
        'POST /api/session/challenge HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n',
      'that were answered and are kept': get('/healthz'),
    };
    for (const [what, said] of Object.entries(HALVES)) {
      it(`and all connections, ${what}, keeps nobody out`, async () => {
        await using test = await startTestRelay({ config });
        const helper = await helperComes(test);
        using stranger = new Refill<Socket>({
          count: CONNECTIONS + MORE,
          open: () => {
            const socket = connect({ port: test.relay.port, host: '127.0.0.1' });
            socket.on('error', () => {}).on('data', () => {});
            socket.write(said);
            return socket;
          },
          end: (socket) => socket.destroy(),
        });
        await waitFor(
          () => stranger.lost > 0,
          () => 'the address is not full',
        );
        let served = 0;
        for (let tries = 0; tries < 20; tries++) served += (await faceStatus(test)) === 200 ? 1 : 0;
        assert.ok(served >= 18, `${served} of 20 were served`);
        const visitor = await comes(test);
        const { conversation } = await visitor.ask('Do you have these in blue?');
        const room = await helper.open(conversationRoom(conversation));
        assert.deepEqual([helper.closed, visitor.closed, room.rows.length], [null, null, 1]);
        await visitor.close();
        await helper.close();
      });
    }
  },
);

/** What is answered to somebody who asks for the face on a connection of their own; 0 when it is cut. */
async function faceStatus(test: TestRelay): Promise<number> {
  const asked = request(`${test.url}/api/spaces/demo/face`, { agent: false });
  const answer = new Promise<number>((resolve) => {
    asked.once('error', () => resolve(0));
    asked.once('response', (response) => {
      response.resume();
      void once(response, 'close').then(() => resolve(response.statusCode ?? 0));
    });
  });
  asked.end();
  return answer;
}
