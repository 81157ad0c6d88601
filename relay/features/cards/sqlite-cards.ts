/** Cards and photos in SQLite; runs in the worker. */
import type { DatabaseSync } from 'node:sqlite';
import type { MemberId } from '../../../shared/ids.ts';
import type { CardFields, CardStorage, StoredCard, StoredPhoto } from './card-storage.ts';
import { type Sync, inTransaction } from '../../storage/sqlite/sqlite-tools.ts';

export class SqliteCards implements Sync<CardStorage> {
  readonly #db: DatabaseSync;
  readonly #sql: ReturnType<typeof prepare>;

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#sql = prepare(db);
  }

  card(member: MemberId): StoredCard | undefined {
    const found = this.#sql.card.get(member);
    return found && readCard(found);
  }

  putCard(member: MemberId, { name, topics, store, owns }: CardFields): void {
    this.#sql.putCard.run(name, JSON.stringify(topics), store, JSON.stringify(owns), member);
  }

  putPhoto({ name, member, bytes, uploaded, held }: StoredPhoto): void {
    inTransaction(this.#db, () => {
      this.#sql.dropPhotoOf.run(member);
      this.#sql.addPhoto.run(name, member, bytes, uploaded, held ? 1 : 0);
      return true;
    });
  }

  dropPhotoOf(member: MemberId): boolean {
    return this.#sql.dropPhotoOf.run(member).changes > 0;
  }

  photo(name: string): StoredPhoto | undefined {
    const found = this.#sql.photo.get(name);
    return found && { ...readPhoto(found), bytes: found['bytes'] as Uint8Array };
  }

  heldPhotos(): ReturnType<Sync<CardStorage>['heldPhotos']> {
    return this.#sql.heldPhotos
      .all()
      .map((found) => ({ ...readPhoto(found), memberName: String(found['member_name']) }));
  }

  showPhoto(name: string): MemberId | undefined {
    return this.#sql.showPhoto.get(name)?.['member'] as MemberId | undefined;
  }

  dropPhoto(name: string): MemberId | undefined {
    return this.#sql.dropPhoto.get(name)?.['member'] as MemberId | undefined;
  }
}

type Found = Record<string, unknown>;

const readCard = (found: Found): StoredCard => ({
  name: String(found['name']),
  topics: JSON.parse(String(found['topics'])) as string[],
  store: String(found['store']),
  owns: JSON.parse(String(found['owns'])) as string[],
  since: Number(found['since']),
  photo:
    found['photo'] === null ? null : { name: found['photo'] as string, held: found['held'] === 1 },
});

const readPhoto = (found: Found): Omit<StoredPhoto, 'bytes'> => ({
  name: String(found['name']),
  member: found['member'] as MemberId,
  uploaded: Number(found['uploaded']),
  held: found['held'] === 1,
});

function prepare(db: DatabaseSync) {
  return {
    card: db.prepare(
      `SELECT member.name, topics, store, owns, since, photo.name AS photo, held
       FROM member LEFT JOIN photo ON photo.member = member.id WHERE member.id = ?`,
    ),
    putCard: db.prepare('UPDATE member SET name = ?, topics = ?, store = ?, owns = ? WHERE id = ?'),
    addPhoto: db.prepare(
      'INSERT INTO photo (name, member, bytes, uploaded, held) VALUES (?, ?, ?, ?, ?)',
    ),
    dropPhotoOf: db.prepare('DELETE FROM photo WHERE member = ?'),
    photo: db.prepare('SELECT name, member, bytes, uploaded, held FROM photo WHERE name = ?'),
    heldPhotos: db.prepare(
      `SELECT photo.name, member, uploaded, held, member.name AS member_name
       FROM photo JOIN member ON member.id = photo.member WHERE held = 1 ORDER BY uploaded, photo.name`,
    ),
    showPhoto: db.prepare('UPDATE photo SET held = 0 WHERE name = ? RETURNING member'),
    dropPhoto: db.prepare('DELETE FROM photo WHERE name = ? RETURNING member'),
  };
}
