/**
 * Who follows which conversation on a channel, for the features that tell readers what is not a row. It
 * comes before them in the list of features, so it already knows a reader when they do.
 */
import type { ConversationId, MemberId } from '../../shared/ids.ts';
import type { ChannelHandlers, Feature, Reader } from './feature.ts';
import type { EventListeners } from './ports/events.ts';

export interface Readers {
  /** Everyone who follows a conversation. */
  of(conversation: ConversationId): Iterable<Reader>;
  /** Those of the desk who follow a conversation that this member asked. */
  atDeskOf(asker: MemberId): Iterable<Reader>;
  /** Who asked the conversation that a reader follows, as they are known now. */
  askerOf(reader: Reader): MemberId | undefined;
}

/** Kept while a channel is open: a connection may have 256, and the relay 20,000 connections. */
export class ConversationReaders implements Readers, Feature {
  readonly name = 'readers';
  readonly #readers = new Map<ConversationId, Set<Reader>>();
  readonly #atDesk = new Map<MemberId, Set<Reader>>();
  readonly #askers = new Map<Reader, MemberId>();

  readonly channel: ChannelHandlers = {
    joined: (reader, { member }) => {
      addTo(this.#readers, reader.conversation, reader);
      this.#askers.set(reader, member);
      if (reader.side === 'desk') addTo(this.#atDesk, member, reader);
    },
    left: (reader) => {
      deleteFrom(this.#readers, reader.conversation, reader);
      const asker = this.#askers.get(reader);
      if (asker !== undefined) deleteFrom(this.#atDesk, asker, reader);
      this.#askers.delete(reader);
    },
  };

  readonly events: EventListeners = {
    'merge-settled': ({ from, to }) => this.#moved(from, to),
  };

  of(conversation: ConversationId): Iterable<Reader> {
    return this.#readers.get(conversation) ?? [];
  }

  atDeskOf(asker: MemberId): Iterable<Reader> {
    return this.#atDesk.get(asker) ?? [];
  }

  askerOf(reader: Reader): MemberId | undefined {
    return this.#askers.get(reader);
  }

  /** Who asked is known as another member from now on. */
  #moved(from: MemberId, to: MemberId): void {
    for (const reader of Array.from(this.atDeskOf(from))) {
      this.#askers.set(reader, to);
      addTo(this.#atDesk, to, reader);
    }
    this.#atDesk.delete(from);
  }
}

function addTo<Key>(map: Map<Key, Set<Reader>>, key: Key, reader: Reader): void {
  map.set(key, (map.get(key) ?? new Set()).add(reader));
}

function deleteFrom<Key>(map: Map<Key, Set<Reader>>, key: Key, reader: Reader): void {
  const readers = map.get(key);
  readers?.delete(reader);
  if (readers?.size === 0) map.delete(key);
}
