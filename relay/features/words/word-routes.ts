/** The filter by HTTP, for managers: rules, lists, settings, and a text to try them on. */
import * as v from 'valibot';
import { pattern as patternSchema, type wordRoutes } from '../../../shared/api/words.ts';
import type { Handlers } from '../../../shared/api/route/handler.ts';
import { pageAfter } from '../../../shared/api/route/page.ts';
import type { SpaceId } from '../../../shared/ids.ts';
import { cleanLine } from '../../../shared/text/plain-line.ts';
import { starters } from './lists/starters.ts';
import { MOST_RULES, type RuleDraft, type Words, faultIn, isSettingName } from './words.ts';
import type { StoredRule } from './words-storage.ts';

const NO_LINE = 'A pattern is one line of at most 100 characters.';
const whereOf = (scope: SpaceId | ''): string => (scope === '' ? 'everywhere' : `space:${scope}`);
const saidOf = ({ action, kind, pattern }: RuleDraft): string => `${action} ${kind} ${pattern}`;
const FULL = `There are ${MOST_RULES} rules: remove some first.`;

export function wordHandlers(
  words: Words,
  spaces: { has(space: SpaceId): boolean },
): Handlers<typeof wordRoutes> {
  const scopeOf = (
    space: SpaceId | undefined,
    refuse: (code: 'not-found', message: string) => Error,
  ): SpaceId | '' => {
    if (space === undefined) return '';
    if (!spaces.has(space)) throw refuse('not-found', 'There is no such space.');
    return space;
  };

  return {
    // What holds everywhere holds in their spaces too.
    list: ({ query, scope }) =>
      pageAfter(
        words.rules
          .filter(({ space }) => scope.covers([space as SpaceId]) || space === '')
          .map(toldOf),
        query,
        ({ pattern, id }) => `${pattern}\n${id}`,
      ),

    async add({ body, act, refuse }) {
      const { space, ...draft } = body;
      const scope = scopeOf(space, refuse);
      const fault = faultIn(draft.pattern);
      if (fault !== null) throw refuse('bad-request', fault, { field: 'pattern' });
      const line = act.on(whereOf(scope), saidOf(draft));
      const [rule] = (await words.add([draft], scope, line)) ?? [];
      if (!rule) throw refuse('too-many', FULL);
      return toldOf(rule);
    },

    async remove({ params, scope, act, refuse }) {
      const rule = words.rules.find(({ id }) => id === params.id);
      scope.check(...(rule && rule.space !== '' ? [rule.space] : []));
      const line = act.on(whereOf(rule?.space ?? ''), rule && saidOf(rule));
      if (!(await words.remove(params.id, line)))
        throw refuse('not-found', 'No rule is called that.');
      return undefined;
    },

    async import({ body, act, refuse }) {
      const scope = scopeOf(body.space, refuse);
      const judged = body.rules.map((draft) => ({ draft, why: wrongIn(draft.pattern) }));
      const right = judged.flatMap(({ draft, why }) => (why === null ? [draft] : []));
      const line = act.on(whereOf(scope), `${right.length} rules`);
      const taken = await words.add(right, scope, line);
      if (!taken) throw refuse('too-many', FULL);
      const wrong = judged.flatMap(({ draft, why }) =>
        why === null ? [] : [{ pattern: cleanLine(draft.pattern, 100), why }],
      );
      return { taken: taken.length, wrong };
    },

    starters: ({ query }) =>
      pageAfter(starters, query, ({ pattern, kind, level }) => `${pattern}\n${kind} ${level}`),

    settings({ query, refuse }) {
      return pageAfter(words.settings(scopeOf(query.space, refuse)), query, ({ name }) => name);
    },

    async set({ body, act, refuse }) {
      const scope = scopeOf(body.space, refuse);
      const unknown = Object.keys(body.settings).find((name) => !isSettingName(name));
      if (unknown !== undefined)
        throw refuse('bad-request', 'No list and no guard is called that.', {
          field: `settings.${unknown}`,
        });
      const said = Object.entries(body.settings).map(([name, value]) => `${name} ${value}`);
      await words.set(body.settings, scope, act.on(whereOf(scope), said.join(', ')));
      return undefined;
    },

    async try({ body, act, refuse }) {
      const space = scopeOf(body.space, refuse);
      const { text, field } = body;
      await words.tried(act.on(whereOf(space)));
      return words.judge([{ text, field }], { space: space === '' ? null : space });
    },
  };
}

/** What is wrong with a text of an import; null if it is a pattern as `add` takes it. */
const wrongIn = (text: string): string | null =>
  faultIn(text) ?? (v.is(patternSchema, text) ? null : NO_LINE);

const toldOf = ({ id, space, pattern, action, kind, added }: StoredRule) => ({
  id,
  space: space === '' ? null : space,
  pattern,
  action,
  kind,
  added,
});
