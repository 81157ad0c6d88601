/**
 * A session's transport over a `ws` socket. A peer that says nothing to what it is sent is asked for a sign
 * of life, which every browser gives by itself, and is cut without one: nobody may seem to be here for long
 * after their line went silent. It counts by the machine's own clock, as the network does.
 */
import type { Writable } from 'node:stream';
import type { WebSocket } from 'ws';
import { Pulse } from '../../shared/protocol/pulse.ts';
import type { Transport } from '../connections/output/transport.ts';
import { WriteTogether } from './write-together.ts';

/** A peer that does not answer a close is cut after this. */
const CUT_AFTER_MS = 2_000;

const clock = {
  now: () => performance.now(),
  after(ms: number, act: () => void) {
    const timer = setTimeout(act, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

/** @param socket under `client`. */
export function socketTransport(client: WebSocket, socket: Writable): Transport {
  const together = new WriteTogether(socket);
  const pulse = new Pulse({
    clock,
    ask: () => client.ping(),
    silent: () => client.terminate(),
  });
  const heard = (): void => pulse.heard();
  client.on('message', heard).on('pong', heard);
  client.once('close', () => pulse.stop());
  return {
    send(bytes, taken) {
      if (client.readyState !== client.OPEN) return;
      together.before(bytes.length, () => client.bufferedAmount);
      if (taken) client.send(bytes, (error) => error ?? taken());
      else client.send(bytes);
      pulse.sent(bytes.length, true);
    },
    close(code, reason) {
      client.close(code, reason);
      const timer = setTimeout(() => client.terminate(), CUT_AFTER_MS);
      timer.unref();
      client.once('close', () => clearTimeout(timer));
    },
    bufferedBytes: () => together.waited ?? client.bufferedAmount,
  };
}
