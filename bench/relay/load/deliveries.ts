/** What was sent, and when who had it. */
import { findMarks } from './marks.ts';

export class Deliveries {
  /** From sending an entry until somebody else had it. */
  readonly times: number[] = [];
  /** Until the last one had it, by entry. */
  readonly lastTimes: number[] = [];
  readonly #first: number;
  readonly #senders: readonly number[];
  readonly #sentAt: Float64Array;
  readonly #owed: Uint32Array;
  #left: number;
  #done = Promise.withResolvers<void>();
  #echo: (sender: number, count: number) => void = () => {};

  /**
   * @param first the number of the first entry
   * @param senders who sends each of them, by line
   * @param readers how many others get each
   */
  constructor(first: number, senders: readonly number[], readers: number) {
    this.#first = first;
    this.#senders = senders;
    this.#sentAt = new Float64Array(senders.length);
    this.#owed = new Uint32Array(senders.length).fill(readers + 1);
    this.#left = senders.length * (readers + 1);
  }

  /** Deliveries that have not come, those to the senders too. */
  get left(): number {
    return this.#left;
  }

  /** Called when a sender's own entries have come back to it. */
  onEcho(echo: (sender: number, count: number) => void): void {
    this.#echo = echo;
  }

  sent(number: number): void {
    this.#sentAt[number - this.#first] = performance.now();
  }

  heard(line: number, bytes: Buffer): void {
    const now = performance.now();
    let own = 0;
    findMarks(bytes, (number) => {
      const index = number - this.#first;
      const owed = this.#owed[index];
      if (owed === undefined || owed === 0) return; // of before, or a second time
      this.#owed[index] = owed - 1;
      this.#left--;
      const time = now - (this.#sentAt[index] ?? now);
      if (this.#senders[index] === line) own++;
      else this.times.push(time);
      if (owed === 1) this.lastTimes.push(time);
    });
    if (own > 0) this.#echo(line, own);
    if (this.#left <= 0) this.#done.resolve();
  }

  /** Resolves when everybody has everything, or nothing is worth waiting for. */
  async all(mostMs: number): Promise<void> {
    const given = setTimeout(() => this.#done.resolve(), mostMs);
    await this.#done.promise;
    clearTimeout(given);
  }
}
