/**
 * A socket of the simulation: two queues, delivered when the run says so, in order within a
 * direction, with any delay between. A cut loses what is on its way in both.
 */
import type { Session } from '../relay/connections/session.ts';
import type { Connections } from '../relay/connections/connections.ts';

export class Wire {
  readonly #toRelay: Uint8Array[] = [];
  readonly #toDevice: Uint8Array[] = [];
  readonly #session: Session;
  readonly #hear: (bytes: Uint8Array) => void;
  readonly #lost: () => void;
  #alive = true;

  constructor(
    connections: Connections,
    address: string,
    hear: (bytes: Uint8Array) => void,
    lost: () => void,
  ) {
    this.#hear = hear;
    this.#lost = lost;
    this.#session = connections.open(
      {
        send: (bytes) => void this.#toDevice.push(bytes.slice()),
        close: () => this.cut(),
        bufferedBytes: () => 0,
      },
      address,
    );
  }

  get alive(): boolean {
    return this.#alive;
  }

  get isQuiet(): boolean {
    return this.#toRelay.length === 0 && this.#toDevice.length === 0;
  }

  send(bytes: Uint8Array): void {
    if (this.#alive) this.#toRelay.push(bytes.slice());
  }

  /** Delivers the oldest message of one direction; false when there is none. */
  deliver(towards: 'relay' | 'device'): boolean {
    const bytes = (towards === 'relay' ? this.#toRelay : this.#toDevice).shift();
    if (!bytes) return false;
    if (towards === 'relay') this.#session.receive(bytes);
    else this.#hear(bytes);
    return true;
  }

  /** Idempotent. */
  cut(): void {
    if (!this.#alive) return;
    this.#alive = false;
    this.#toRelay.length = 0;
    this.#toDevice.length = 0;
    this.#session.ended();
    this.#lost();
  }
}
