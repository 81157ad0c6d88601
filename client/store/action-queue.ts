/** Acts one after the other, each judged by what the one before has left; the same twice is once. */
export class Turns {
  readonly #under = new Set<string>();
  #last: Promise<unknown> = Promise.resolve();

  /** Does `act` in its turn, unless one of the same name waits or is under way. */
  async take(name: string, act: () => Promise<unknown>): Promise<void> {
    if (this.#under.has(name)) return;
    this.#under.add(name);
    const turn = this.#last.then(act);
    this.#last = turn.catch(() => {}); // told to who took this turn, not to the next
    try {
      await turn;
    } finally {
      this.#under.delete(name);
    }
  }
}
