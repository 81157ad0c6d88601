/** How people reach a server: one implementation for each wire. */
import type { TestIdentity } from '../../../../relay/testing/test-device.ts';
import type { Entry } from '../../../../shared/entry/entry.ts';

/** A conversation. Servers that know only documents and paths call it by its name. */
export interface Room {
  readonly name: string;
  readonly ask: Entry;
  readonly visitor: TestIdentity;
}

/** An entry as it is sent. */
export type Signed = Pick<Entry, 'id' | 'bytes'>;

/** What a device kept of a room: it asks for no more than what is new. */
export type Held = unknown;

/** Somebody's connection to one room, or to many. */
export interface Line {
  /** Sends entries to the room, or to the one at this place if there are many. */
  send(entries: readonly Signed[], room?: number): void;
  /** What it holds of its first room. */
  readonly held: Held;
  /** Entries that the server answered, and did not take. Those put off are sent again. */
  readonly refused: number;
  /** Resolves when the server has answered what was sent, if it answers. */
  answered(): Promise<void>;
  close(): void;
}

export interface JoinOptions {
  readonly rooms: readonly Room[];
  readonly who: TestIdentity;
  /** Gets what the server sends that may hold entries. */
  readonly heard: (bytes: Buffer) => void;
  /** What the device kept of its first room. */
  readonly held?: Held;
  /** Asks the rooms' questions first. */
  readonly asks?: boolean;
  /** Opens what the product's own screen opens beside: the space, and at the desk the inbox. */
  readonly screen?: 'widget' | 'desk' | undefined;
}

export interface Wire {
  /** Dials and opens rooms; resolves once everything in them is here. */
  join(options: JoinOptions): Promise<Line>;
}
