/** The books in SQL, and what became of entries that are in no room. */
import type { EntryId } from '../../../../shared/ids.ts';
import type { BookEntry, BookStorage } from '../../../core/ports/book-storage.ts';
import type { FateStorage } from '../../../core/ports/room-storage.ts';
import { type SqlOf, all, run, tables } from '../../../sql/query.ts';

interface BookTables {
  readonly book_entry: BookEntry;
  readonly entry_fate: { readonly id: EntryId; readonly fate: string; readonly detail: string };
  readonly entry: { readonly id: EntryId };
  readonly erased_entry: { readonly id: EntryId };
}

const sql = tables<BookTables>();

export const bookSql: SqlOf<BookStorage> = {
  *book(entry) {
    yield* run(
      sql
        .insertInto('book_entry')
        .values(entry)
        .onConflict((on) => on.doNothing()),
    );
  },

  *booked(kind, target) {
    const query = sql.selectFrom('book_entry').selectAll().where('kind', '=', kind);
    const about = query.where('target', '=', target).where('target', '<>', '');
    const found = yield* all(about.orderBy('at').orderBy('id'));
    return found.map((entry) => ({ ...entry }));
  },
};

export const fateSql: SqlOf<FateStorage> = {
  *putFate(id, fate) {
    yield* run(sql.deleteFrom('entry_fate').where('id', '=', id));
    if (fate === null) return;
    yield* run(sql.deleteFrom('entry').where('id', '=', id));
    const detail = fate.type === 'refused' ? fate.code : fate.member;
    yield* run(sql.insertInto('entry_fate').values({ id, fate: fate.type, detail }));
  },
};
