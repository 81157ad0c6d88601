/** Where the desk's cards and photos are kept: the port that adapters implement. */
import type { KeyedPage, PageKey, PageRequest } from '../../../shared/api/route/page.ts';
import type { MemberId } from '../../../shared/ids.ts';
import type { OpsOf } from '../../core/ports/port.ts';

/** What members say of themselves. */
export interface CardFields {
  readonly name: string;
  readonly topics: readonly string[];
  readonly store: string;
  readonly owns: readonly string[];
}

export interface StoredPhoto {
  readonly name: string;
  readonly member: MemberId;
  /** WebP. */
  readonly bytes: Uint8Array;
  /** ms since the epoch. */
  readonly uploaded: number;
  /** No manager has approved it yet. */
  readonly held: boolean;
}

export interface StoredCard extends CardFields {
  /** When they first had a role, ms since the epoch; 0 for a visitor. */
  readonly since: number;
  readonly photo: Pick<StoredPhoto, 'name' | 'held'> | null;
}

/** A photo that waits for a manager, without its bytes. */
export interface HeldPhoto extends Omit<StoredPhoto, 'bytes'> {
  readonly memberName: string;
}

export interface CardStorage {
  card(member: MemberId): Promise<StoredCard | undefined>;
  /** Changes the card of an existing member. */
  putCard(member: MemberId, fields: CardFields): Promise<void>;
  /** The member's one photo. A previous one is deleted. */
  putPhoto(photo: StoredPhoto): Promise<void>;
  /** Whether there was one to delete. */
  dropPhotoOf(member: MemberId): Promise<boolean>;
  photo(name: string): Promise<StoredPhoto | undefined>;
  /** Photos that wait for a manager, oldest first. */
  heldPhotos(page: PageRequest<number>): Promise<KeyedPage<HeldPhoto, number>>;
  /** Approves a held photo. Returns whose it is, or undefined if there is none of that name. */
  showPhoto(name: string): Promise<MemberId | undefined>;
  /** Deletes a photo by its name. Returns whose it was. */
  dropPhoto(name: string): Promise<MemberId | undefined>;
}

/** Where a photo stands among others, by when it came. */
export const placeOfPhoto = ({ uploaded, name }: HeldPhoto): PageKey<number> => ({
  by: uploaded,
  id: name,
});

export const cardOps = {
  card: 'read',
  putCard: 'write',
  putPhoto: 'write',
  dropPhotoOf: 'write',
  photo: 'read',
  heldPhotos: 'read',
  showPhoto: 'write',
  dropPhoto: 'write',
} as const satisfies OpsOf<CardStorage>;
