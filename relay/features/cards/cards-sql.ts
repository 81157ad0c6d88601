/** Cards and photos in SQL. Name and topics of a card are the member's own. */
import { pageOfFound } from '../../../shared/api/route/page.ts';
import type { MemberId } from '../../../shared/ids.ts';
import { type Operation, type SqlOf, all, first, raw, run, tables } from '../../sql/query.ts';
import type { MembersInSql } from '../members/members-sql.ts';
import { type CardStorage, type HeldPhoto, placeOfPhoto } from './cards-storage.ts';

interface CardTables {
  readonly card: { readonly member: MemberId; readonly store: string; readonly owns: string };
  readonly photo: {
    readonly name: string;
    readonly member: MemberId;
    readonly bytes: Uint8Array;
    readonly uploaded: number;
    readonly held: number;
  };
}

const sql = tables<CardTables>();

/** As the index says it that holds only those. */
const waits = raw<boolean>`held = 1`;

export const cardSql = (members: MembersInSql): SqlOf<CardStorage> => ({
  *card(id) {
    const member = yield* members.member(id);
    if (!member) return undefined;
    const { name, topics, since } = member;
    const card = yield* first(sql.selectFrom('card').selectAll().where('member', '=', id));
    const photo = yield* first(
      sql.selectFrom('photo').select(['name', 'held']).where('member', '=', id),
    );
    return {
      name,
      topics,
      store: card?.store ?? '',
      owns: card ? (JSON.parse(card.owns) as string[]) : [],
      since,
      photo: photo ? { name: photo.name, held: photo.held === 1 } : null,
    };
  },

  *putCard(member, { name, topics, store, owns }) {
    if (!(yield* members.member(member))) return;
    yield* members.describe(member, { name, topics });
    const card = { store, owns: JSON.stringify(owns) };
    yield* run(
      sql
        .insertInto('card')
        .values({ member, ...card })
        .onConflict((on) => on.column('member').doUpdateSet(card)),
    );
  },

  *putPhoto(photo) {
    yield* dropPhotoOf(photo.member);
    yield* run(sql.insertInto('photo').values({ ...photo, held: photo.held ? 1 : 0 }));
  },

  dropPhotoOf,

  *photo(name) {
    const found = yield* first(sql.selectFrom('photo').selectAll().where('name', '=', name));
    return found && { ...found, held: found.held === 1 };
  },

  *heldPhotos({ after, most }) {
    const found = yield* all(
      sql
        .selectFrom('photo')
        .select(['name', 'member', 'uploaded', 'held'])
        .where(waits)
        .$if(after !== undefined, (query) =>
          query.where(({ eb, refTuple, tuple }) =>
            eb(refTuple('uploaded', 'name'), '>', tuple(after!.by, after!.id)),
          ),
        )
        .orderBy('uploaded')
        .orderBy('name')
        .limit(most + 1),
    );
    const photos: HeldPhoto[] = [];
    for (const photo of found) {
      const memberName = (yield* members.member(photo.member))?.name ?? '';
      photos.push({ ...photo, held: true, memberName });
    }
    return pageOfFound(photos, most, placeOfPhoto);
  },

  *showPhoto(name) {
    const shown = yield* first(
      sql.updateTable('photo').set({ held: 0 }).where('name', '=', name).returning('member'),
    );
    return shown?.member;
  },

  *dropPhoto(name) {
    const dropped = yield* first(
      sql.deleteFrom('photo').where('name', '=', name).returning('member'),
    );
    return dropped?.member;
  },
});

function* dropPhotoOf(member: MemberId): Operation<boolean> {
  return (yield* run(sql.deleteFrom('photo').where('member', '=', member))) > 0;
}
