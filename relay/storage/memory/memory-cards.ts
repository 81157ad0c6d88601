/** Cards and photos in memory. */
import type { KeyedPage, PageRequest } from '../../../shared/api/route/page.ts';
import type { MemberId } from '../../../shared/ids.ts';
import type { Sync } from '../../core/ports/port.ts';
import {
  type CardFields,
  type CardStorage,
  type HeldPhoto,
  type StoredCard,
  type StoredPhoto,
  placeOfPhoto,
} from '../../features/cards/cards-storage.ts';
import type { MemoryMembers } from './memory-members.ts';
import { pageOf } from './tables/page-of.ts';
import type { Table, Tables } from './tables/table.ts';

export class MemoryCards implements Sync<CardStorage> {
  readonly #members: MemoryMembers;
  readonly #cards: Table<MemberId, Pick<CardFields, 'store' | 'owns'>>;
  readonly #photos: Table<string, StoredPhoto>;

  constructor(tables: Tables, members: MemoryMembers) {
    this.#members = members;
    this.#cards = tables.make();
    this.#photos = tables.make();
  }

  card(id: MemberId): StoredCard | undefined {
    const member = this.#members.member(id);
    if (!member) return undefined;
    const { name, topics, since } = member;
    const { store = '', owns = [] } = this.#cards.get(id) ?? {};
    const photo = this.#photoOf(id);
    return {
      name,
      topics,
      store,
      owns,
      since,
      photo: photo ? { name: photo.name, held: photo.held } : null,
    };
  }

  putCard(member: MemberId, { name, topics, store, owns }: CardFields): void {
    if (!this.#members.member(member)) return;
    this.#members.describe(member, { name, topics });
    this.#cards.set(member, { store, owns });
  }

  putPhoto(photo: StoredPhoto): void {
    this.dropPhotoOf(photo.member);
    this.#photos.set(photo.name, photo);
  }

  dropPhotoOf(member: MemberId): boolean {
    const photo = this.#photoOf(member);
    return photo !== undefined && this.#photos.delete(photo.name);
  }

  photo(name: string): StoredPhoto | undefined {
    return this.#photos.get(name);
  }

  heldPhotos(page: PageRequest<number>): KeyedPage<HeldPhoto, number> {
    const waiting = this.#photos.values().filter(({ held }) => held);
    const told = waiting.map(({ name, member, uploaded, held }) => ({
      name,
      member,
      uploaded,
      held,
      memberName: this.#members.member(member)?.name ?? '',
    }));
    return pageOf(told, page, placeOfPhoto);
  }

  showPhoto(name: string): MemberId | undefined {
    const photo = this.#photos.get(name);
    if (photo) this.#photos.set(name, { ...photo, held: false });
    return photo?.member;
  }

  dropPhoto(name: string): MemberId | undefined {
    const member = this.#photos.get(name)?.member;
    this.#photos.delete(name);
    return member;
  }

  #photoOf(member: MemberId): StoredPhoto | undefined {
    return this.#photos.values().find((photo) => photo.member === member);
  }
}
