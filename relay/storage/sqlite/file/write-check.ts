/**
 * Whether a write would succeed. A write that people caused is the best witness; where there was none for
 * a while, one is tried.
 */
import { DataFault, faultOf } from '../../../platform/data-fault.ts';

/** Whoever asks causes at most one write in so long. */
const EVERY_MS = 5_000;

export interface WriteCheckOptions {
  readonly folder: string;
  /** Writes something that changes nothing, and waits until it is on disk. */
  readonly probe: () => void;
  /** In milliseconds, only forward. @default performance.now */
  readonly now?: () => number;
}

export class WriteCheck {
  readonly #folder: string;
  readonly #probe: () => void;
  readonly #now: () => number;
  #tried = Number.NEGATIVE_INFINITY;
  #fault: DataFault | undefined;

  constructor({ folder, probe, now = () => performance.now() }: WriteCheckOptions) {
    this.#folder = folder;
    this.#probe = probe;
    this.#now = now;
  }

  /** Does a write, and remembers how it went. Only what is wrong with the folder counts against it. */
  watch<Result>(write: () => Result): Result {
    try {
      const result = write();
      this.#settle(undefined);
      return result;
    } catch (error) {
      const fault = faultOf(error, this.#folder);
      if (fault instanceof DataFault) this.#settle(fault);
      throw fault;
    }
  }

  /** @throws {DataFault} what the newest write failed of. */
  check(): void {
    if (this.#now() - this.#tried >= EVERY_MS) this.watch(this.#probe);
    if (this.#fault) throw this.#fault;
  }

  #settle(fault: DataFault | undefined): void {
    this.#tried = this.#now();
    this.#fault = fault;
  }
}
