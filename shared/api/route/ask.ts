/** Asking a route, typed by the table. */
import type * as v from 'valibot';
import type { ParamNames, Route, Schema } from './route.ts';
import type { Readonlyfied, RequestOf } from './shapes.ts';

/** What a caller gives a route: the names in its path, its query and its body, as far as it has them. */
export type Asked<R extends Route> = ([ParamNames<R['path']>] extends [never]
  ? unknown
  : { readonly params: Readonly<Record<ParamNames<R['path']>, string>> }) &
  (R['query'] extends Schema
    ? { readonly query?: Readonlyfied<v.InferInput<R['query']>> }
    : unknown) &
  (RequestOf<R> extends undefined ? unknown : { readonly body: RequestOf<R> });

/** The path and query of a call. */
export function pathOf<R extends Route>(route: R, asked: Asked<R>): string {
  const { params = {}, query = {} } = asked as {
    readonly params?: Readonly<Record<string, string>>;
    readonly query?: Readonly<Record<string, string | undefined>>;
  };
  const path = route.path.replaceAll(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(params[name] ?? ''),
  );
  const search = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`],
  );
  return search.length === 0 ? path : `${path}?${search.join('&')}`;
}
