/** What waits, as somebody who decides about it reads it: with its text, and what was said before. */
import type { HeldItem } from '../../../shared/api/held.ts';
import type { KeyedPage, PageRequest } from '../../../shared/api/route/page.ts';
import { type Entry, contentOf, decodeEntry } from '../../../shared/entry/entry.ts';
import type { Content } from '../../../shared/entry/content.ts';
import type { EntryId, Fingerprint, SpaceId } from '../../../shared/ids.ts';
import type { HeldEntry, HeldStorage } from '../../core/held/held-storage.ts';
import type { ConversationRoom } from '../../core/rooms/room.ts';
import type { RoomCache } from '../../core/rooms/room-cache.ts';

/** Messages before it. */
const MOST_BEFORE = 4;

export interface HeldQueueOptions {
  readonly storage: Pick<HeldStorage, 'heldIn' | 'heldEntry'>;
  readonly rooms: Pick<RoomCache, 'conversation'>;
  readonly community: Fingerprint;
}

export class HeldQueue {
  readonly #options: HeldQueueOptions;

  constructor(options: HeldQueueOptions) {
    this.#options = options;
  }

  /** @param spaces none: everywhere */
  async list(
    spaces: readonly SpaceId[],
    page: PageRequest<number>,
  ): Promise<KeyedPage<HeldItem, number>> {
    const { items, next } = await this.#options.storage.heldIn(spaces, page);
    const told: HeldItem[] = [];
    for (const entry of items) told.push(await this.#itemOf(entry)); // one room after the other
    return { items: told, next };
  }

  /** Where it waits; undefined if it does not, or never did. */
  async spaceOf(id: EntryId): Promise<SpaceId | undefined> {
    return (await this.#options.storage.heldEntry(id))?.space;
  }

  /** What an entry says that waits, or was refused and is kept; null if its bytes are gone. */
  async textOf(id: EntryId): Promise<string | null> {
    const entry = await this.#options.storage.heldEntry(id);
    if (!entry) return null;
    const { content } = this.#read(entry);
    return textOf(content);
  }

  async #itemOf(entry: HeldEntry): Promise<HeldItem> {
    const { rooms } = this.#options;
    const { content } = this.#read(entry);
    const { id, conversation, space, member, code, rule, since } = entry;
    const { lockedBy, lockedUntil, version } = entry;
    const context = contextOf(await rooms.conversation(conversation));
    const page = content.kind === 'ask' ? content.page : null;
    return {
      id,
      conversation,
      space,
      member,
      code,
      rule,
      since,
      lockedBy,
      lockedUntil,
      version,
      kind: content.kind,
      text: textOf(content),
      page,
      context,
    };
  }

  #read({ bytes }: HeldEntry): { readonly entry: Entry; readonly content: Content } {
    const entry = decodeEntry(bytes, this.#options.community);
    return { entry, content: contentOf(entry) };
  }
}

const textOf = (content: Content): string =>
  content.kind === 'ask' || content.kind === 'say' ? content.text : '';

function contextOf({ state }: ConversationRoom): HeldItem['context'] {
  const said = [...state.rows].flatMap(({ author, received, effect }) =>
    effect?.says === undefined
      ? []
      : [{ member: state.known(author.member), text: effect.says, at: received }],
  );
  return said.slice(-MOST_BEFORE);
}
