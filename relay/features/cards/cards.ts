/**
 * Helper cards: what members of the desk say about themselves, and their photo, which a manager sees
 * first. Every change shows at once in the space rooms.
 */
import { bytesToText, concatBytes } from '../../../shared/bytes.ts';
import { answersAtDesk } from '../../../shared/grant/roles.ts';
import { shortHash } from '../../../shared/hash.ts';
import type { MemberId } from '../../../shared/ids.ts';
import type { ActLine } from '../../../shared/api/route/act.ts';
import type { OfficePhoto, OwnCard } from '../../../shared/api/cards.ts';
import { type KeyedPage, type PageRequest, wholeList } from '../../../shared/api/route/page.ts';
import type { Acting } from '../../core/audit/acts.ts';
import type { Feature } from '../../core/feature.ts';
import type { EventListeners } from '../../core/ports/events.ts';
import type { Log } from '../../core/ports/log.ts';
import type { Member } from '../../core/ports/people.ts';
import type { Platform } from '../../core/ports/platform.ts';
import type { Spaces } from '../spaces/spaces.ts';
import type { CardFields, CardStorage, StoredPhoto } from './cards-storage.ts';
import type { MemberStorage } from '../members/members-storage.ts';
import type { Decoded } from './photo-decoder.ts';

export interface CardsOptions {
  readonly storage: Acting<CardStorage>;
  readonly members: Pick<MemberStorage, 'member' | 'members'>;
  readonly spaces: Spaces;
  readonly platform: Pick<Platform, 'clock' | 'random'>;
  readonly log: Log;
  readonly decode: (image: Uint8Array) => Promise<Decoded>;
}

export class Cards implements Feature {
  readonly name = 'cards';
  readonly #options: CardsOptions;
  #published: Promise<void> = Promise.resolve();

  readonly events: EventListeners = {
    'member-changed': ({ after }) =>
      void this.publish(after.id).catch((error: unknown) =>
        this.#options.log.error('a card is not shown yet', error),
      ),
    // Whoever answers everywhere answers there too.
    'space-changed': ({ before }) =>
      before === null
        ? void this.#publishAll().catch((error: unknown) =>
            this.#options.log.error('cards are not shown in the new space yet', error),
          )
        : undefined,
  };

  constructor(options: CardsOptions) {
    this.#options = options;
  }

  /** Resolves when what has changed so far is shown. */
  settled(): Promise<void> {
    return this.#published;
  }

  /** A member's own card; undefined for one who never joined. */
  async own(member: MemberId): Promise<OwnCard | undefined> {
    const card = await this.#options.storage.card(member);
    if (!card) return undefined;
    const { name, topics, store, owns, photo } = card;
    return { name, topics, store, owns, photo };
  }

  /** The name also goes into the next grant. */
  async put(member: MemberId, fields: CardFields): Promise<void> {
    await this.#options.storage.putCard(member, fields);
    await this.publish(member);
  }

  /** Takes an image of any size. The photo made from it waits for a manager, and the previous one is gone. */
  async setPhoto(member: MemberId, image: Uint8Array): Promise<Decoded['type']> {
    const { storage, decode, platform } = this.#options;
    const decoded = await decode(image);
    if (decoded.type !== 'photo') return decoded.type;
    const { bytes } = decoded;
    const name = nameOf(bytes, platform.random(16));
    await storage.putPhoto({ name, member, bytes, uploaded: platform.clock.now(), held: true });
    await this.publish(member);
    return 'photo';
  }

  async removePhoto(member: MemberId): Promise<void> {
    if (await this.#options.storage.dropPhotoOf(member)) await this.publish(member);
  }

  photo(name: string): Promise<StoredPhoto | undefined> {
    return this.#options.storage.photo(name);
  }

  // ---- For managers --------------------------------------------------------------------------

  /** Photos that wait for a manager, oldest first. */
  async held(page: PageRequest<number>): Promise<KeyedPage<OfficePhoto, number>> {
    const { items, next } = await this.#options.storage.heldPhotos(page);
    const photos = items.map(({ name, member, memberName, uploaded }) => ({
      name,
      member,
      memberName,
      uploaded,
    }));
    return { items: photos, next };
  }

  /** Shows a photo to everyone. Returns whether there was one of that name. */
  async show(name: string, line: ActLine): Promise<boolean> {
    const member = await this.#options.storage.with(line).showPhoto(name);
    if (member !== undefined) await this.publish(member);
    return member !== undefined;
  }

  /** Deletes a photo, held or shown. Returns whether there was one of that name. */
  async refuse(name: string, line: ActLine): Promise<boolean> {
    const member = await this.#options.storage.with(line).dropPhoto(name);
    if (member !== undefined) await this.publish(member);
    return member !== undefined;
  }

  // ---- For everyone --------------------------------------------------------------------------

  /** Shows a member as they are now. Whoever lost their role at the desk loses card and photo. */
  publish(id: MemberId): Promise<void> {
    // One after the other: what was read first must not be written last.
    const published = this.#published.then(() => this.#publish(id));
    this.#published = published.catch(() => {}); // told to whoever waits for it
    return published;
  }

  /** Everybody of the desk, in the turn of what changed before. */
  #publishAll(): Promise<void> {
    const { members } = this.#options;
    const published = this.#published.then(async () => {
      const desk = await wholeList((page: PageRequest<string>) => members.members(false, page));
      for (const { id } of desk) await this.#publish(id);
    });
    this.#published = published.catch(() => {}); // told to whoever waits for it
    return published;
  }

  async #publish(id: MemberId): Promise<void> {
    const { storage, members, spaces } = this.#options;
    const member: Member | undefined = await members.member(id);
    if (!member) return;
    if (!answersAtDesk(member.role)) await storage.dropPhotoOf(id);
    const card = await storage.card(id);
    const { topics = [], since = 0, store = '', owns = [], photo } = card ?? {};
    await spaces.showCard(member, {
      topics,
      since,
      store,
      owns,
      photo: photo && !photo.held ? photo.name : '',
    });
  }
}

/** Nobody can guess the name, and it never names other bytes. */
const nameOf = (bytes: Uint8Array, random: Uint8Array): string =>
  bytesToText(shortHash(concatBytes(bytes, random)));
