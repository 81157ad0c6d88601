/**
 * Answers wait for their reader. A connection is answered one request at a time, so that what it has not
 * read is one answer at most; those that wait are few, and an answer that is not taken away in time takes
 * its connection with it.
 */
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

export interface AnswerLimits {
  /**
   * Requests that may wait behind the one that is answered. Browsers and proxies send none before they have
   * read; whoever sends more is cut.
   * @default 8
   */
  readonly mostWaiting?: number;
  /** An answer of which nothing moves for this long is cut. @default 20_000 */
  readonly stillMs?: number;
  /** How long an answer may take beside its bytes. @default 30_000 */
  readonly graceMs?: number;
  /**
   * Bytes a second that a reader takes at the least, on the whole: a poor phone line has twice that.
   * @default 4_096
   */
  readonly slowest?: number;
}

/** An answer on its way out. */
interface Leaving {
  readonly response: ServerResponse;
  readonly socket: Socket;
  /** What the connection had sent before. */
  readonly before: number;
  /** When its head went; null until then. */
  since: number | null;
}

interface Line {
  answering: Leaving | null;
  readonly waiting: (readonly [IncomingMessage, ServerResponse])[];
}

export class AnswersInTurn {
  readonly #limits: Required<AnswerLimits>;
  readonly #lines = new WeakMap<Socket, Line>();
  readonly #leaving = new Set<Leaving>();
  #looking: NodeJS.Timeout | null = null;

  constructor(limits: AnswerLimits = {}) {
    this.#limits = {
      mostWaiting: 8,
      stillMs: 20_000,
      graceMs: 30_000,
      slowest: 4_096,
      ...limits,
    };
  }

  /** Answers on their way. */
  get size(): number {
    return this.#leaving.size;
  }

  /** Hands a connection's requests on one after the other. */
  wrap(answer: RequestListener): RequestListener {
    return (request, response) => this.#take(request, response, answer);
  }

  /** Cuts connections of a server on which an answer stands still. Node looks at what is left in the queue. */
  attach(server: Server): void {
    server.setTimeout(this.#limits.stillMs, (socket: Socket) => {
      const answering = this.#lines.get(socket)?.answering;
      // An answer that is not made yet is ours to wait for.
      if (!answering || answering.response.headersSent) socket.destroy();
    });
    server.once('close', () => this.#stopLooking());
  }

  #take(request: IncomingMessage, response: ServerResponse, answer: RequestListener): void {
    const { socket } = request;
    const line = this.#lines.get(socket) ?? { answering: null, waiting: [] };
    this.#lines.set(socket, line);
    if (!line.answering) return this.#answer(line, request, response, answer);
    if (line.waiting.length >= this.#limits.mostWaiting) socket.destroy();
    else line.waiting.push([request, response]);
  }

  #answer(
    line: Line,
    request: IncomingMessage,
    response: ServerResponse,
    answer: RequestListener,
  ): void {
    const { socket } = request;
    const leaving: Leaving = { response, socket, before: socket.bytesWritten, since: null };
    line.answering = leaving;
    this.#leaving.add(leaving);
    this.#looking ??= setInterval(() => this.#look(), this.#limits.stillMs / 4).unref();
    response.once('close', () => {
      this.#leaving.delete(leaving);
      if (this.#leaving.size === 0) this.#stopLooking();
      line.answering = null;
      const [next] = line.waiting.splice(0, 1);
      if (next && !socket.destroyed) this.#answer(line, ...next, answer);
    });
    answer(request, response);
  }

  /** Cuts those whose answers take longer than their bytes do on the slowest line. */
  #look(): void {
    const { graceMs, slowest } = this.#limits;
    const now = performance.now();
    for (const leaving of this.#leaving) {
      const { response, socket, before } = leaving;
      if (!response.headersSent) continue;
      leaving.since ??= now;
      const bytes = socket.bytesWritten - before;
      if (now - leaving.since > graceMs + (bytes / slowest) * 1_000) socket.destroy();
    }
  }

  #stopLooking(): void {
    if (this.#looking) clearInterval(this.#looking);
    this.#looking = null;
  }
}
