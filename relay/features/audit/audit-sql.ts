/** The audit in SQL. */
import { pageOfFound } from '../../../shared/api/route/page.ts';
import { type Operation, type SqlOf, all, compiled, first, run, tables } from '../../sql/query.ts';
import { type AuditStorage, placeOfLine } from './audit-storage.ts';
import { type AuditHead, type AuditLine, chained, noLines } from '../../core/audit/chain.ts';

interface AuditRow extends Omit<AuditLine, 'whyHash'> {
  readonly why_hash: Uint8Array;
}

const sql = tables<{ readonly audit: AuditRow }>();

/** Every act asks this. */
const last = compiled<AuditHead>(
  sql.selectFrom('audit').select(['n', 'hash']).orderBy('n', 'desc').limit(1),
);

function* head(): Operation<AuditHead | undefined> {
  // What limits a compiled statement is a parameter too.
  return (yield* last(1))[0];
}

export const auditSql: SqlOf<AuditStorage> = {
  *append(line) {
    const { whyHash, ...rest } = chained((yield* head()) ?? noLines, line);
    yield* run(sql.insertInto('audit').values({ ...rest, why_hash: whyHash }));
  },

  *chain(after, most) {
    const found = yield* all(
      sql.selectFrom('audit').selectAll().where('n', '>', after).orderBy('n').limit(most),
    );
    return found.map(readLine);
  },

  *lines({ by, act, target, from, to }, { after, most }) {
    const found = yield* all(
      sql
        .selectFrom('audit')
        .selectAll()
        .$if(by !== undefined, (query) => query.where('by', '=', by!))
        .$if(act !== undefined, (query) => query.where('act', '=', act!))
        .$if(target !== undefined, (query) => query.where('target', '=', target!))
        .$if(from !== undefined, (query) => query.where('at', '>=', from!))
        .$if(to !== undefined, (query) => query.where('at', '<', to!))
        .$if(after !== undefined, (query) => query.where('n', '<', after!.by))
        .orderBy('n', 'desc')
        .limit(most + 1),
    );
    return pageOfFound(found.map(readLine), most, placeOfLine);
  },

  head,

  *blank(n) {
    const found = yield* first(sql.selectFrom('audit').select('n').where('n', '=', n));
    if (!found) return false;
    yield* run(sql.updateTable('audit').set({ why: null, salt: null }).where('n', '=', n));
    return true;
  },
};

const readLine = ({ why_hash: whyHash, ...found }: AuditRow): AuditLine => ({ ...found, whyHash });
