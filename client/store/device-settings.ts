/** Small choices of this device, with their defaults until they are read or if they cannot be. */
import { kept } from './kept.ts';
import type { Sync } from './sync-port.ts';

export class DeviceSettings<T extends Record<string, unknown>> {
  readonly #sync: Pick<Sync, 'readSetting' | 'writeSetting'>;
  readonly #changed: () => void;
  readonly #values: T;
  /** What was set before it was read: newer than what is stored. */
  readonly #set = new Set<keyof T>();

  constructor(sync: Pick<Sync, 'readSetting' | 'writeSetting'>, defaults: T, changed: () => void) {
    this.#sync = sync;
    this.#changed = changed;
    this.#values = { ...defaults };
  }

  async load(): Promise<void> {
    await Promise.all(
      Object.keys(this.#values).map(async (key: keyof T & string) => {
        const value = await this.#sync.readSetting<T[typeof key]>(key).catch(() => undefined); // `storage` says why
        if (value !== undefined && !this.#set.has(key)) this.#values[key] = value;
      }),
    );
  }

  get<K extends keyof T>(key: K): T[K] {
    return this.#values[key];
  }

  /** It shows at once. Resolves once stored, or once `storage` says that it cannot be. */
  async set<K extends keyof T & string>(key: K, value: T[K]): Promise<void> {
    this.show(key, value);
    await kept(this.#sync.writeSetting(key, value));
  }

  /** Shows a value that somebody else keeps. */
  show<K extends keyof T & string>(key: K, value: T[K]): void {
    this.#values[key] = value;
    this.#set.add(key);
    this.#changed();
  }
}
