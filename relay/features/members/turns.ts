/** One change of who is who after the other: what was found before one still holds when it is made. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** Waits for those before, then does it. */
  take<T>(change: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(change);
    this.#last = turn.catch(() => {}); // told to whoever waits for it
    return turn;
  }
}
