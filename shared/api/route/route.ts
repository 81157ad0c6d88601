/**
 * What a route of the HTTP API is: one entry in the table that the relay, pages, command line and docs
 * share.
 */
import type * as v from 'valibot';
import type { Purpose } from '../../domain.ts';
import type { ErrorCode } from './errors.ts';
import type { OfficeRight } from './office-right.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * Who may use a route. `anyone`: everybody; a session is still recognised. `signed`: a device, by a
 * signature over its request; from one of the relay's own pages if the signature names the host. `desk`: a
 * member of the desk, by their session. `office`: a manager of the whole community, and whom the route names
 * besides, by their session, or the relay's command line.
 * `guard`: a guardian where their role holds, whoever moderates or runs a space there, managers, and the command
 * line; each handler asks the scope.
 */
export type Rights = 'anyone' | 'signed' | 'desk' | 'office' | 'guard';

/**
 * How often a member of the desk may use a route. Routes that name one limit share it. There is none by address: somebody
 * else there could use it up.
 */
export interface RateLimit {
  readonly burst: number;
  readonly perSecond: number;
  /** What the answer says. */
  readonly message: string;
}

/** How the body of a signed request is signed: over the domain string of that purpose, and this text. */
export interface Signing {
  readonly purpose: Purpose;
  readonly text: (body: never, host: string) => string;
  /** Only one of the relay's own pages may ask; its host is in the text. */
  readonly ownPage: boolean;
}

/** A body that is no JSON: the bytes of an image. */
export interface Upload {
  readonly type: 'image';
  readonly mostBytes: number;
  /** How many are in memory at once; others are told to come back. */
  readonly mostAtOnce: number;
}

// The schemas' types come from each route's own; nothing here looks into them.
export type Schema = v.GenericSchema<unknown, unknown>;

/**
 * Where a request names its space; without one it is about all of them. `found`: the handler finds it, and asks
 * the scope. `everywhere`: nothing less than all spaces. `any`: it is about none.
 */
export type SpaceOf = 'params.id' | 'query.space' | 'body.space' | 'found' | 'everywhere' | 'any';

export interface Route {
  readonly method: Method;
  /** With `:name` for what varies. */
  readonly path: string;
  /** One sentence for people. */
  readonly about: string;
  readonly rights: Rights;
  /** Who may use a route of the office besides managers, in their spaces. @default nobody */
  readonly also?: readonly Exclude<OfficeRight, 'manager'>[];
  /** What a route for others than managers is about: where it says in which space it acts. */
  readonly space?: SpaceOf;
  /** The schema of each `:name`. A value that does not fit it gets 404. */
  readonly params?: Readonly<Record<string, Schema>>;
  readonly query?: Schema;
  /** Absent: no body is read. */
  readonly request?: Schema | Upload;
  readonly mostBodyBytes?: number;
  /** JSON of a schema; null: nothing, 204. */
  readonly response: Schema | 'text' | 'image' | 'openapi' | null;
  /** @default 200, or 204 for nothing */
  readonly status?: 201;
  /** The codes that it may refuse with, besides those of its rights, limits and schemas. */
  readonly errors?: readonly ErrorCode[];
  readonly limit?: RateLimit;
  readonly signing?: Signing;
  /** Caches may keep the answer, and revalidate it (ETag). @default they may not */
  readonly cached?: boolean;
  /**
   * The act's name in the audit; null for a route that changes nothing, or changes only what its own
   * member sees.
   */
  readonly audit?: string | null;
}

/** The names in a path. */
export type ParamNames<Path extends string> = Path extends `${string}:${infer Rest}`
  ? Rest extends `${infer Name}/${infer More}`
    ? Name | ParamNames<`/${More}`>
    : Rest
  : never;

/**
 * What the compiler demands of a route: each change in the office names its act, and each path name has a
 * schema.
 */
type Checked<R extends Route> = (R['method'] extends 'GET'
  ? { readonly audit?: never; readonly request?: never }
  : { readonly audit: R['rights'] extends 'office' ? string : string | null }) &
  ([ParamNames<R['path']>] extends [never]
    ? { readonly params?: never }
    : { readonly params: Readonly<Record<ParamNames<R['path']>, Schema>> }) &
  (R['rights'] extends 'desk' | 'office' ? unknown : { readonly limit?: never }) &
  (R['also'] extends readonly OfficeRight[]
    ? { readonly rights: 'office'; readonly space: SpaceOf }
    : { readonly space?: never }) &
  (R['rights'] extends 'signed' ? { readonly signing: Signing } : { readonly signing?: never });

/** One route, checked by the compiler. */
export const route = <const R extends Route>(given: R & Checked<R>): R => given;
