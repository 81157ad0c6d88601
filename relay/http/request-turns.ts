/**
 * What HTTP asks of the relay is begun in turns, a few in each turn of the event loop: whoever asks for very much keeps
 * nobody out, and sockets have their turns in between. Files and what everybody may read are not counted by address,
 * because all of a shop share one.
 */
import type { IncomingMessage, RequestListener } from 'node:http';
import type { BlockList } from 'node:net';
import type { Duplex } from 'node:stream';
import { sourcePath } from '../core/limits/fair-memory.ts';
import { FairTurns } from '../core/limits/fair-turns.ts';
import { clientAddress } from './client-address.ts';

/** Begun in a turn of the event loop, and under way: each takes a small part of a millisecond. */
const AT_ONCE = 8;
/** What waits for longer, such as for its body or for storage, lets others have its turn. */
const PATIENCE_MS = 50;

export class RequestTurns {
  readonly #proxies: BlockList;
  readonly #turns = new FairTurns({ atOnce: AT_ONCE });

  constructor(proxies: BlockList) {
    this.#proxies = proxies;
  }

  /** Answers requests in turns. */
  wrap(answer: RequestListener): RequestListener {
    return (request, response) =>
      void this.#take(request, request.socket, (over) => {
        response.once('prefinish', over).once('close', over);
        answer(request, response);
      });
  }

  /** Does at its turn what a request for an upgrade leads to. */
  upgrade(request: IncomingMessage, socket: Duplex, act: () => void): void {
    void this.#take(request, socket, (over) => {
      act();
      over();
    });
  }

  /** @param begin calls back when all is handed over that is to be sent */
  #take(
    request: IncomingMessage,
    socket: Duplex,
    begin: (over: () => void) => void,
  ): Promise<void> {
    const pathOf = () =>
      sourcePath({
        address: clientAddress(request, this.#proxies),
        connection: `${request.socket.remotePort}`,
      });
    return this.#turns.take(
      pathOf,
      () =>
        new Promise((resolve) => {
          if (socket.destroyed) return resolve(); // it went while it waited
          const late = setTimeout(resolve, PATIENCE_MS);
          begin(() => {
            clearTimeout(late);
            setImmediate(resolve);
          });
        }),
    );
  }
}
