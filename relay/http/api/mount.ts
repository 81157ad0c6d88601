/** Mounts the table of routes. Everything that routes share is done here, in this order, and nowhere else. */
import { createHash } from 'node:crypto';
import type { Context, Hono, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { ApiError } from '../../../shared/api/route/api-error.ts';
import type { Given, Handlers } from '../../../shared/api/route/handler.ts';
import type { RateLimit, Route, Upload } from '../../../shared/api/route/route.ts';
import type { ImageResponse } from '../../../shared/api/route/shapes.ts';
import type { Fingerprint } from '../../../shared/ids.ts';
import { TokenBuckets } from '../../core/limits/token-buckets.ts';
import type { Platform } from '../../core/ports/platform.ts';
import { actOf } from './acts.ts';
import { holdsTag } from './holds-tag.ts';
import { apiError } from './api-error.ts';
import { readBody, readParams, readQuery } from './read-request.ts';
import { type Caller, type SignedBody, checkRights, checkSignature } from './rights.ts';
import { checkSpace, scopeOf } from './scope.ts';
import { sessionCookie } from './session-cookie.ts';

export type Table = Readonly<Record<string, Readonly<Record<string, Route>>>>;

/** A handler for each route of a table. */
export type HandlersOf<Routes extends Table> = {
  readonly [Feature in keyof Routes]: Handlers<Routes[Feature]>;
};

export interface MountOptions {
  /** Leaves the others out. @default all */
  readonly only?: (route: Route) => boolean;
  readonly community: Fingerprint;
  readonly platform: Platform;
  readonly callerOf: (context: Context) => Promise<Caller> | Caller;
  /** The host that one of the relay's own pages dialled; undefined for another page. */
  readonly ownHost: (context: Context) => string | undefined;
}

const MOST_BODY_BYTES = 16_384;
const BUSY_S = 10;
const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);
/** What a browser may do with an image that somebody uploaded: show it. */
const IMAGE_HEADERS = {
  'Content-Security-Policy': "default-src 'none'; sandbox",
  'Cross-Origin-Resource-Policy': 'cross-origin',
} as const;

type Handle = (given: Given<Route>) => unknown;
type Env = { Variables: { caller: Caller } };

/** @throws {Error} on a route without a handler, or a handler without a route. */
export function mountRoutes<Routes extends Table>(
  app: Hono,
  table: Routes,
  handlers: HandlersOf<Routes>,
  options: MountOptions,
): void {
  const { only = () => true } = options;
  const limits = new Map<RateLimit, TokenBuckets>();
  const bucketsOf = (limit: RateLimit): TokenBuckets => {
    const known = limits.get(limit) ?? new TokenBuckets(limit, options.platform.clock.steady);
    limits.set(limit, known);
    return known;
  };
  for (const feature of Object.keys(handlers))
    if (!Object.hasOwn(table, feature)) throw new Error(`no routes for ${feature}`);
  for (const [feature, routes] of Object.entries(table)) {
    const ofFeature = (handlers as Readonly<Record<string, object | undefined>>)[feature] ?? {};
    const given = new Map(Object.entries(ofFeature as Readonly<Record<string, Handle>>));
    for (const [name, route] of Object.entries(routes)) {
      const handle = given.get(name);
      if (!handle) throw new Error(`no handler for ${feature}.${name}`);
      given.delete(name);
      if (!only(route)) continue;
      const { method, path, request, limit, mostBodyBytes = MOST_BODY_BYTES } = route;
      const isUpload = request?.type === 'image';
      app.on(
        method,
        [path],
        enter(route, limit && bucketsOf(limit), options),
        ...(isUpload ? uploading(request as Upload) : [bodyOf(mostBodyBytes)]),
        respond(route, handle, options),
      );
    }
    for (const name of given.keys()) throw new Error(`no route for ${feature}.${name}`);
  }
}

/** Whether they may use the route at all. The body is not read before. */
function enter(
  route: Route,
  buckets: TokenBuckets | undefined,
  { callerOf, ownHost }: MountOptions,
): MiddlewareHandler<Env> {
  const { rights, limit, signing } = route;
  const isPrivate = rights === 'desk' || rights === 'office' || rights === 'guard';
  return async (context, next) => {
    context.header('Cache-Control', isPrivate ? 'private, no-store' : 'no-store');
    const carries = sessionCookie(context).value !== '';
    // A page of another origin made this browser send a change (CSRF).
    if (carries && !SAFE.has(context.req.method) && ownHost(context) === undefined)
      throw foreignPage();
    const caller = await callerOf(context);
    context.set('caller', caller);
    checkRights(route, caller);
    if (limit && buckets && caller.type === 'desk') {
      const waitMs = buckets.take(caller.member.id);
      if (waitMs > 0)
        throw new ApiError('too-many', limit.message, { retryAfter: Math.ceil(waitMs / 1_000) });
    }
    if (signing?.ownPage && ownHost(context) === undefined) throw foreignPage();
    await next();
  };
}

const bodyOf = (maxSize: number): MiddlewareHandler<Env> =>
  bodyLimit({
    maxSize,
    onError: (context) => apiError(context, 'bad-request', 'The body is too long.'),
  });

/** An upload takes a place before it is read: waiting uploads are in memory. */
function uploading({ mostAtOnce, mostBytes }: Upload): MiddlewareHandler<Env>[] {
  let held = 0;
  const megabytes = Math.floor(mostBytes / 1024 / 1024);
  return [
    async (_context, next) => {
      if (held >= mostAtOnce)
        throw new ApiError('unavailable', 'Too many uploads at once. Try again.', {
          retryAfter: BUSY_S,
        });
      held++;
      try {
        await next();
      } finally {
        held--;
      }
    },
    bodyLimit({
      maxSize: mostBytes,
      onError: (context) => apiError(context, 'too-big', `An image takes ${megabytes} MB at most.`),
    }),
  ];
}

/** Checks the request, calls the handler, and sends its answer. */
function respond(
  route: Route,
  handle: Handle,
  { community, platform, ownHost }: MountOptions,
): MiddlewareHandler<Env> {
  return async (context) => {
    const caller = context.get('caller');
    const body = await readBody(context, route);
    const query = readQuery(context, route);
    const params = readParams(context, route);
    if (route.signing) {
      const host = ownHost(context) ?? '';
      await checkSignature(route.signing, body as SignedBody, host, { community, platform });
    }
    const scope = scopeOf(route, caller);
    checkSpace(route, scope, { body, query, params });
    const act = actOf(route, caller, platform);
    const response = await handle({
      body,
      query,
      params,
      member: caller.type === 'desk' ? caller.member : null,
      cookie: sessionCookie(context),
      act,
      scope,
      office: caller.type === 'desk' ? caller.office : [],
      refuse: (code: ApiError['code'], message: string, details?: ApiError['details']) =>
        new ApiError(code, message, details),
    } as unknown as Given<Route>);
    if (route.space === 'found' && route.audit && !scope.wasAsked)
      throw new Error(`${route.method} ${route.path} asked nobody about its space`);
    if (act && !act.hasLine) throw new Error(`${route.method} ${route.path} has no line`);
    return written(context, route, response);
  };
}

function written(context: Context<Env>, route: Route, response: unknown): Response {
  switch (route.response) {
    case null:
      return context.body(null, 204);
    case 'text':
      return context.text(response as string);
    case 'image': {
      const { bytes, contentType, isPrivate } = response as ImageResponse;
      return context.body(new Uint8Array(bytes), 200, {
        ...IMAGE_HEADERS,
        'Content-Type': contentType,
        'Cache-Control': isPrivate ? 'private, no-store' : 'public, max-age=31536000, immutable',
      });
    }
    case 'openapi':
      return json(context, route, response as string);
    default:
      return json(context, route, JSON.stringify(response));
  }
}

function json(context: Context<Env>, route: Route, text: string): Response {
  const { cached = false, status = 200 as const } = route;
  const headers: Record<string, string> = { 'Content-Type': 'application/json' };
  if (cached) {
    const hash = createHash('sha256').update(text).digest('base64url').slice(0, 22);
    headers['ETag'] = `"${hash}"`;
    headers['Cache-Control'] = 'public, max-age=0, must-revalidate';
    if (holdsTag(context.req.header('If-None-Match'), headers['ETag']))
      return context.body(null, 304, headers);
  }
  return context.body(text, status, headers);
}

const foreignPage = (): ApiError =>
  new ApiError('forbidden-origin', 'Only the relay’s own pages may do this.');
