/** What a route of the HTTP API is: one entry of the table that relay, pages, command line and docs share. */
import type * as v from 'valibot';
import type { Purpose } from '../../domain.ts';
import type { ErrorCode } from './errors.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * Who may use a route.
 * - `anyone`: without a question. Whoever has a session is known all the same.
 * - `signed`: a device, by a signature over what it asks; from one of the relay's own pages if the
 *   signature names the host.
 * - `desk`: a member of the desk, by their session.
 * - `office`: a manager of the whole community, by their session, or the relay's command line.
 */
export type Rights = 'anyone' | 'signed' | 'desk' | 'office';

/** How often a route may be used. Routes that name one limit share it. */
export interface RateLimit {
  readonly by: 'address' | 'member';
  readonly burst: number;
  readonly perSecond: number;
  /** What the answer says. */
  readonly message: string;
}

/** How the body of a signed request is signed: over the domain string of that purpose, and this text. */
export interface Signing {
  readonly purpose: Purpose;
  readonly text: (body: never, host: string) => string;
  /** Only a page of the relay's own may ask; its host is in the text. */
  readonly ownPage: boolean;
}

/** A body that is no JSON: the bytes of an image. */
export interface Upload {
  readonly type: 'image';
  readonly mostBytes: number;
  /** Held in memory at once; more are told to come again. */
  readonly mostAtOnce: number;
}

// The schemas' types come from each route's own; nothing here looks into them.
export type Schema = v.GenericSchema<unknown, unknown>;

export interface Route {
  readonly method: Method;
  /** With `:name` for what varies. */
  readonly path: string;
  /** One sentence for people. */
  readonly about: string;
  readonly rights: Rights;
  /** Of each `:name`. What is no such name names nothing: 404. */
  readonly params?: Readonly<Record<string, Schema>>;
  readonly query?: Schema;
  /** Absent: no body is read. */
  readonly request?: Schema | Upload;
  readonly mostBodyBytes?: number;
  /** JSON of a schema; null: nothing, 204. */
  readonly response: Schema | 'text' | 'image' | 'openapi' | null;
  /** @default 200, or 204 for nothing */
  readonly status?: 201;
  /** What it may refuse, beside what its rights, limits and schemas do. */
  readonly errors?: readonly ErrorCode[];
  readonly limit?: RateLimit;
  readonly signing?: Signing;
  /** Caches may keep the answer, and ask whether it still holds (ETag). @default they may not */
  readonly cached?: boolean;
  /** The act's name in the audit; null for what changes nothing, or what only its own member sees. */
  readonly audit?: string | null;
}

/** The names in a path. */
export type ParamNames<Path extends string> = Path extends `${string}:${infer Rest}`
  ? Rest extends `${infer Name}/${infer More}`
    ? Name | ParamNames<`/${More}`>
    : Rest
  : never;

/** What the compiler asks of a route: each change of the office names its act, each name its schema. */
type Checked<R extends Route> = (R['method'] extends 'GET'
  ? { readonly audit?: never; readonly request?: never }
  : { readonly audit: R['rights'] extends 'office' ? string : string | null }) &
  ([ParamNames<R['path']>] extends [never]
    ? { readonly params?: never }
    : { readonly params: Readonly<Record<ParamNames<R['path']>, Schema>> }) &
  (R['rights'] extends 'signed' ? { readonly signing: Signing } : { readonly signing?: never });

/** One route, checked by the compiler. */
export const route = <const R extends Route>(given: R & Checked<R>): R => given;
