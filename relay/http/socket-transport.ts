/** A session's transport over a `ws` socket. */
import type { WebSocket } from 'ws';
import type { Transport } from '../connections/output/transport.ts';

/** A peer that does not answer a close is cut after this. */
const CUT_AFTER_MS = 2_000;

export function socketTransport(client: WebSocket): Transport {
  return {
    send(bytes, taken) {
      if (client.readyState !== client.OPEN) return;
      if (taken) client.send(bytes, (error) => error ?? taken());
      else client.send(bytes);
    },
    close(code, reason) {
      client.close(code, reason);
      const timer = setTimeout(() => client.terminate(), CUT_AFTER_MS);
      timer.unref();
      client.once('close', () => clearTimeout(timer));
    },
    bufferedBytes: () => client.bufferedAmount,
  };
}
