/** A part of a store whose code is fetched when it is needed, and tried again if that failed. */
export class FetchedPart<T> {
  readonly #fetch: () => Promise<T>;
  readonly #came: (part: T) => void;
  #fetching: Promise<void> | undefined;
  /** Undefined until it came. */
  value: T | undefined;

  constructor(fetch: () => Promise<T>, came: (part: T) => void) {
    this.#fetch = fetch;
    this.#came = came;
  }

  /** Fetches it unless it is here or on its way. Resolves once it is here, or cannot be fetched for now. */
  need(): Promise<void> {
    if (this.value) return Promise.resolve();
    this.#fetching ??= this.#fetch()
      .then(
        (part) => {
          this.value = part;
          this.#came(part);
        },
        () => {}, // the next need tries again; its screen says that it is on its way
      )
      .finally(() => (this.#fetching = undefined));
    return this.#fetching;
  }
}
