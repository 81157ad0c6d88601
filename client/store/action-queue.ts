/**
 * Runs actions one after the other, each based on what the previous one left. The same action twice runs
 * once.
 */
export class ActionQueue {
  readonly #names = new Set<string>();
  #last: Promise<unknown> = Promise.resolve();

  /** Runs `action` after those before it, unless one of the same name waits or is running. */
  async run(name: string, action: () => Promise<unknown>): Promise<void> {
    if (this.#names.has(name)) return;
    this.#names.add(name);
    const running = this.#last.then(action);
    this.#last = running.catch(() => {}); // whoever asked for it is told, not the next
    try {
      await running;
    } finally {
      this.#names.delete(name);
    }
  }
}
