/** The chunks that the panel has so far. They are fetched as its screens need them, then while it is idle. */
import { type CSSResult, type LitElement, adoptStyles } from 'lit';
import { firstNeeded } from '../../locales/format.ts';
import { languageOf } from '../../locales/language.ts';
import type { ChatState } from '../../store/chat/chat-state.ts';
import {
  fetchAhead,
  fetchConversation,
  fetchDevices,
  fetchOpenSpace,
  fetchSettings,
} from '../chunks.ts';

const fetches = {
  conversation: fetchConversation,
  settings: fetchSettings,
  devices: fetchDevices,
  openSpace: fetchOpenSpace,
};

type Fetches = typeof fetches;
type Name = keyof Fetches;
type Chunks = { [K in Name]?: Awaited<ReturnType<Fetches[K]>> };

export interface PanelNeeds {
  readonly state: ChatState;
  readonly lang: string;
  /** Whether the settings show, or something that comes with them. */
  readonly settings: boolean;
}

export interface PanelChunksOptions {
  readonly host: LitElement;
  /** The settings came. */
  readonly settingsCame: () => void;
  readonly failed: (error: unknown) => void;
}

export class PanelChunks {
  readonly #options: PanelChunksOptions;
  readonly #fetching = new Map<Name, Promise<void>>();
  readonly #styles: CSSResult[] = [];
  #ahead = false;
  #here: Chunks = {};

  constructor(options: PanelChunksOptions) {
    this.#options = options;
  }

  /** Those that are here. */
  get here(): Chunks {
    return this.#here;
  }

  /** Resolves once the pending ones are here or have failed; null if there are none. */
  get fetching(): Promise<unknown> | null {
    return this.#fetching.size === 0 ? null : Promise.all(this.#fetching.values());
  }

  /** Fetches what this needs, in parallel. What failed before is tried again. */
  need({ state, lang, settings }: PanelNeeds): void {
    if (state.view.type !== 'welcome' || state.conversations.length > 0)
      this.#fetch('conversation');
    if (settings || Object.keys(state.attributes).length > 0) this.#fetch('settings');
    if (settings) this.#fetch('devices');
    if (state.space.open) this.#fetch('openSpace');
    if (this.#ahead || state.status === 'loading') return;
    this.#ahead = true;
    for (const make of firstNeeded) whenIdle(() => make(languageOf(lang)));
    whenIdle(() => {
      this.#fetch('conversation');
      this.#fetch('settings');
      fetchAhead();
    });
  }

  #fetch(name: Name): void {
    if (this.#here[name] || this.#fetching.has(name)) return;
    const { host, settingsCame, failed } = this.#options;
    const fetching = fetches[name]()
      .then((chunk) => {
        this.#here = { ...this.#here, [name]: chunk };
        if ('styles' in chunk) this.#styles.push(...chunk.styles);
        const { elementStyles } = host.constructor as typeof LitElement;
        adoptStyles(host.renderRoot as ShadowRoot, [...elementStyles, ...this.#styles]);
        if (name === 'settings') settingsCame();
        host.requestUpdate();
      })
      .catch(failed)
      .finally(() => this.#fetching.delete(name));
    this.#fetching.set(name, fetching);
  }
}

function whenIdle(work: () => void): void {
  if ('requestIdleCallback' in window) requestIdleCallback(work, { timeout: 2_000 });
  else setTimeout(work, 200);
}
