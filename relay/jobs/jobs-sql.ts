/** Jobs in SQL. A dead job is never due. */
import type { Generated } from 'kysely';
import { type SqlOf, all, compiled, first, raw, run, tables } from '../sql/query.ts';
import type { JobRequest } from '../core/ports/jobs.ts';
import type { JobStorage } from './jobs-storage.ts';

interface JobTables {
  readonly job: {
    readonly id: Generated<number>;
    readonly kind: string;
    readonly key: string;
    readonly body: string;
    readonly due: number | null;
    readonly tries: number;
    readonly leased_until: number | null;
    readonly error: string;
  };
}

const sql = tables<JobTables>();

const rested = { tries: 0, leased_until: null, error: '' } as const;

const adding = (job: JobRequest) => sql.insertInto('job').values({ ...job, ...rested });

/** With what somebody says in a conversation that another has claimed. */
const put = compiled(
  adding({ kind: '', key: '', body: '', due: 0 }).onConflict((on) =>
    on.columns(['kind', 'key']).doUpdateSet(({ ref }) => ({
      body: ref('excluded.body'),
      due: ref('excluded.due'),
      tries: ref('excluded.tries'),
      leased_until: ref('excluded.leased_until'),
      error: ref('excluded.error'),
    })),
  ),
);

export const jobSql: SqlOf<JobStorage> = {
  *put({ kind, key, body, due }) {
    yield* put(kind, key, body, due, ...Object.values(rested));
  },

  *ensure(job) {
    const { body, due } = job;
    yield* run(
      adding(job).onConflict((on) =>
        on
          .columns(['kind', 'key'])
          .doUpdateSet({ body, due, ...rested })
          .where('job.due', 'is', null),
      ),
    );
  },

  *nextDue(kinds) {
    const next = yield* first(
      sql
        .selectFrom('job')
        .select(raw<number | null>`min(max(due, coalesce(leased_until, due)))`.as('due'))
        .where('kind', 'in', kinds),
    );
    return next?.due ?? null;
  },

  *lease(kinds, now, until, most) {
    const due = yield* all(
      sql
        .selectFrom('job')
        .select(['id', 'kind', 'key', 'body', 'tries'])
        .where('kind', 'in', kinds)
        .where('due', '<=', now)
        .where(({ eb, or }) => or([eb('leased_until', 'is', null), eb('leased_until', '<=', now)]))
        .orderBy('due')
        .orderBy('id')
        .limit(most),
    );
    const ids = due.map(({ id }) => id);
    if (ids.length === 0) return [];
    yield* run(
      sql
        .updateTable('job')
        .set(({ eb }) => ({ leased_until: until, tries: eb('tries', '+', 1) }))
        .where('id', 'in', ids),
    );
    return due.map((job) => ({ ...job, tries: job.tries + 1, leasedUntil: until }));
  },

  *finish({ id, leasedUntil }, again) {
    const held = raw<boolean>`id = ${id} AND leased_until = ${leasedUntil}`;
    if (again === null) yield* run(sql.deleteFrom('job').where(held));
    else
      yield* run(
        sql
          .updateTable('job')
          .set({ ...rested, due: again })
          .where(held),
      );
  },

  *fail({ id, leasedUntil }, error, due) {
    yield* run(
      sql
        .updateTable('job')
        .set({ due, error, leased_until: null })
        .where('id', '=', id)
        .where('leased_until', '=', leasedUntil),
    );
  },

  *bringForward(kind, { due, leasedUntil, now, pauseMs }) {
    const ofKind = sql.updateTable('job').where('kind', '=', kind);
    const afterPause = raw<number>`${now} + (${pauseMs} << tries)`;
    yield* run(ofKind.set({ due: now }).where('due', '>', due).where('due', '>', afterPause));
    yield* run(ofKind.set({ leased_until: null }).where('leased_until', '>', leasedUntil));
  },

  *dead() {
    return yield* all(
      sql
        .selectFrom('job')
        .select(['id', 'kind', 'key', 'body', 'error'])
        .where('due', 'is', null)
        .orderBy('id'),
    );
  },
};
