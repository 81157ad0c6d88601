import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Hono } from 'hono';
import * as v from 'valibot';
import type { ErrorResponse } from '../../../shared/api/route/errors.ts';
import { route } from '../../../shared/api/route/route.ts';
import { Role } from '../../../shared/grant/roles.ts';
import type { Fingerprint, MemberId } from '../../../shared/ids.ts';
import { type Log, silentLog } from '../../core/ports/log.ts';
import { nodePlatform } from '../../platform/node-platform.ts';
import { ManualClock } from '../../testing/manual-clock.ts';
import { answerFailure } from './api-error.ts';
import { type HandlersOf, type Table, mountRoutes } from './mount.ts';
import type { Caller } from './rights.ts';

const things = {
  list: route({
    method: 'GET',
    path: '/things',
    about: 'Things.',
    rights: 'anyone',
    response: v.object({ all: v.array(v.string()) }),
    cached: true,
  }),
  make: route({
    method: 'POST',
    path: '/things/:id',
    about: 'Makes a thing.',
    rights: 'anyone',
    mostBodyBytes: 100,
    params: { id: v.pipe(v.string(), v.maxLength(3)) },
    query: v.object({ loud: v.optional(v.picklist(['0', '1'])) }),
    request: v.strictObject({
      names: v.array(v.pipe(v.string(), v.maxLength(5))),
      size: v.optional(v.pipe(v.number(), v.minValue(1))),
    }),
    response: null,
    errors: ['not-found'],
    audit: 'thing-made',
  }),
};

const MAKER = 'm'.repeat(22) as MemberId;

const picture = route({
  method: 'GET',
  path: '/picture',
  about: 'A picture.',
  rights: 'anyone',
  response: 'image',
});

const change = route({
  method: 'POST',
  path: '/change',
  about: 'Changes a thing.',
  rights: 'desk',
  limit: { burst: 3, perSecond: 1, message: 'Too many things.' },
  request: v.strictObject({ name: v.string() }),
  response: null,
  audit: 'thing-changed',
});

/** An app of these routes. */
function mounted<Routes extends Table>(
  table: Routes,
  handlers: HandlersOf<Routes>,
  log: Log = silentLog,
  callerOf: () => Caller = () => ({ type: 'nobody' }),
): { readonly app: Hono; readonly clock: ManualClock } {
  const app = new Hono();
  const clock = new ManualClock(0);
  mountRoutes(app, table, handlers, {
    community: 'x'.repeat(22) as Fingerprint,
    platform: { ...nodePlatform, clock },
    callerOf,
    ownHost: () => undefined,
  });
  app.onError(answerFailure(log));
  return { app, clock };
}

describe('mounting routes', () => {
  it('refuses nobody what is for everybody, however much was read before', async () => {
    const bytes = new Uint8Array(1_000_000);
    const { app } = mounted(
      { things: { list: things.list, picture } },
      {
        things: {
          list: () => ({ all: ['one'] }),
          picture: () => ({ bytes, contentType: 'image/webp', isPrivate: false }),
        },
      },
    );
    const statuses = new Set<number>();
    for (let times = 0; times < 300; times++)
      for (const path of ['/picture', '/things']) statuses.add((await app.request(path)).status);
    assert.deepEqual([...statuses], [200]);
  });

  const made: unknown[] = [];
  const handlers: HandlersOf<{ things: typeof things }> = {
    things: {
      list: () => ({ all: ['one'] }),
      make({ params, query, body, refuse, act }) {
        if (params.id === 'no') throw refuse('not-found', 'Not that one.');
        if (params.id === 'bug') throw new Error('a secret of ours');
        const line = params.id === 'off' ? undefined : act.on(`thing:${params.id}`, '', MAKER);
        made.push([params.id, query.loud, body.names, line?.act, line?.by, line?.target]);
        return undefined;
      },
    },
  };
  const ask = async (
    app: Hono,
    body: string | object,
    path = '/things/a',
  ): Promise<{ status: number } & Partial<ErrorResponse>> => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const answer = await app.request(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: text,
    });
    const told = await answer.text();
    return { status: answer.status, ...(told === '' ? {} : (JSON.parse(told) as ErrorResponse)) };
  };

  it('fails on a route without a handler, and on a handler without a route', () => {
    const { make: _left, ...without } = handlers.things;
    const lacking = { things: without } as unknown as typeof handlers;
    assert.throws(() => mounted({ things }, lacking), /no handler for things\.make/);
    const more = { things: { ...handlers.things, more: () => undefined } } as typeof handlers;
    assert.throws(() => mounted({ things }, more), /no route for things\.more/);
    const another = { ...handlers, others: { one: () => undefined } };
    assert.throws(() => mounted({ things }, another), /no routes for others/);
  });

  it('gives a handler what came, as the schemas put it out', async () => {
    const { app } = mounted({ things }, handlers);
    assert.deepEqual(await ask(app, { names: ['Ana'] }, '/things/a?loud=1'), { status: 204 });
    assert.deepEqual(made.pop(), ['a', '1', ['Ana'], 'thing-made', MAKER, 'thing:a']);
  });

  it('answers nothing good where a change has no line of the audit', async () => {
    const errors: unknown[] = [];
    const log: Log = { ...silentLog, error: (_message, error) => void errors.push(error) };
    const { app } = mounted({ things }, handlers, log);
    assert.equal((await ask(app, { names: [] }, '/things/off')).status, 503);
    assert.match(String(errors), /POST \/things\/:id has no line/);
    made.length = 0;
  });

  it('names the field that is wrong, and never what stands in it', async () => {
    const wrong: readonly (readonly [string | object, string | undefined])[] = [
      [{ names: ['Ana', 'too long for it'] }, 'names.1'],
      [{ names: ['Ana'], size: 0 }, 'size'],
      [{ names: ['Ana'], siez: 2 }, 'siez'],
      [{ names: [], size: 'secret' }, 'size'],
      [{}, 'names'],
      ['[]', undefined],
      ['not JSON', undefined],
      ['', undefined],
    ];
    for (const [body, field] of wrong) {
      const { app } = mounted({ things }, handlers);
      const told = await ask(app, body);
      assert.deepEqual([told.status, told.error, told.field], [400, 'bad-request', field]);
      assert.ok(
        field === undefined || told.message?.startsWith(`${field}: `) === true,
        told.message ?? '',
      );
      assert.doesNotMatch(told.message ?? '', /secret|too long for it/);
    }
    const { app } = mounted({ things }, handlers);
    assert.equal((await ask(app, { names: [] }, '/things/a?loud=2')).field, 'loud');
    assert.equal((await ask(app, { names: ['x'.repeat(200)] })).message, 'The body is too long.');
    assert.deepEqual(made, []);
  });

  it('finds nothing by what is no name, and tells what a handler refuses, but no failure', async () => {
    const errors: unknown[] = [];
    const log: Log = { ...silentLog, error: (_message, error) => void errors.push(error) };
    const { app } = mounted({ things }, handlers, log);
    assert.equal((await ask(app, { names: [] }, '/things/long')).status, 404);
    const refused = await ask(app, { names: [] }, '/things/no');
    assert.deepEqual(refused, { status: 404, error: 'not-found', message: 'Not that one.' });
    assert.deepEqual(errors, []);
    const failed = await ask(app, { names: [] }, '/things/bug');
    assert.equal(failed.status, 503);
    assert.doesNotMatch(failed.message ?? '', /secret/);
    assert.equal(errors.length, 1);
  });

  it('counts by member before it reads a body, and says when to come again', async () => {
    let id = 'ana';
    const callerOf = () =>
      ({ type: 'desk', member: { id, role: Role.helper }, office: [] }) as unknown as Caller;
    const { app, clock } = mounted(
      { things: { change } },
      { things: { change: () => undefined } },
      silentLog,
      callerOf,
    );
    const status = async (): Promise<number> => (await ask(app, 'not JSON', '/change')).status;
    for (let at = 0; at < 3; at++) assert.equal(await status(), 400);
    const late = await ask(app, 'not JSON', '/change');
    assert.deepEqual([late.status, late.message, late.retryAfter], [429, 'Too many things.', 1]);
    id = 'ben';
    assert.equal(await status(), 400, 'each member has their own');
    id = 'ana';
    clock.advance(1_000);
    assert.equal(await status(), 400);
  });

  it('lets caches keep what may be kept while it is the same, and nothing else', async () => {
    const { app } = mounted({ things }, handlers);
    const first = await app.request('/things');
    assert.deepEqual(await first.json(), { all: ['one'] });
    assert.equal(first.headers.get('cache-control'), 'public, max-age=0, must-revalidate');
    const etag = first.headers.get('etag') ?? '';
    const again = await app.request('/things', { headers: { 'If-None-Match': etag } });
    assert.equal(again.status, 304);
    assert.equal(again.headers.get('etag'), etag);
    const proxied = { 'If-None-Match': `"x", W/${etag}` };
    assert.equal((await app.request('/things', { headers: proxied })).status, 304);
    const other = await app.request('/things', { headers: { 'If-None-Match': '"x"' } });
    assert.equal(other.status, 200);
    const post = await app.request('/things/a', { method: 'POST' });
    assert.equal(post.headers.get('cache-control'), 'no-store');
  });
});
