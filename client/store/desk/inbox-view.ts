/** The inbox as it is now: its lists, what deserves a sound, and what is kept for later. */
import type { ConversationId } from '../../../shared/ids.ts';
import type { DeskSync } from '../sync-port.ts';
import { createBell } from './bell.ts';
import type { DeskRooms } from './desk-rooms.ts';
import type { DeskSettings } from './desk-settings.ts';
import type { DeskState } from './desk-state.ts';
import { type InboxLists, toKeep } from './inbox.ts';
import { Prefetch } from './prefetch.ts';

export interface InboxViewOptions {
  readonly sync: DeskSync;
  readonly rooms: DeskRooms;
  readonly settings: DeskSettings;
  /** The conversation on the screen, if the screen can be seen. */
  readonly watched: () => ConversationId | null;
  readonly changed: () => void;
}

export class InboxView {
  readonly #options: InboxViewOptions;
  readonly #prefetch: Prefetch;
  readonly #bell = createBell();
  /** The time for showing waits. */
  at: number;
  /** The newest thing that deserves a sound or a notification. */
  ring: DeskState['bell'] = null;

  constructor(options: InboxViewOptions) {
    this.#options = options;
    this.#prefetch = new Prefetch(options.sync, options.changed);
    this.at = options.sync.now();
  }

  get lists(): InboxLists {
    const { rooms, settings } = this.#options;
    return rooms.lists(this.at, settings.get('desk-seen'), settings.get('desk-blind'));
  }

  /** How many conversations are kept on this device. */
  get kept(): number {
    return this.#prefetch.count;
  }

  /** Something came, or it was just opened. */
  came(): void {
    const { sync, rooms, watched, changed } = this.#options;
    this.now();
    if (rooms.inboxKnown) {
      this.#remember();
      const ring = this.#bell(rooms.records, {
        me: sync.me.get().member,
        available: sync.available.get(),
        watched: watched(),
      });
      if (ring) this.ring = ring;
    }
    this.fetch();
    changed();
  }

  /** A close, or a lapse, ends a claim: whoever had the conversation knows it again when it waits anew. */
  #remember(): void {
    const { sync, rooms, settings } = this.#options;
    const me = sync.me.get().member;
    const before = settings.get('desk-had');
    const known = new Set(before);
    const had = rooms.records
      .filter(({ conversation, claim }) => claim?.member === me || known.has(conversation))
      .map(({ conversation }) => conversation);
    if (had.length !== before.length || had.some((id) => !known.has(id)))
      void settings.set('desk-had', had);
  }

  /** Time passes. */
  now(): void {
    this.at = this.#options.sync.now();
  }

  /** A second has passed. */
  tick(): void {
    this.now();
    this.#options.changed();
  }

  /** Brings to this device what may be read with no network. */
  fetch(): void {
    const { lists } = this;
    this.#prefetch.want(toKeep(lists, this.at), lists.mine.length + lists.waiting.length);
  }

  /** The helper types. */
  typed(): void {
    this.#prefetch.hold();
  }

  /** What was kept is being deleted. */
  forget(): void {
    this.#prefetch.forget();
  }

  /** Idempotent. */
  dispose(): void {
    this.#prefetch.dispose();
  }
}
