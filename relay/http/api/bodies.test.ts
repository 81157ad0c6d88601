/** Bodies that are no object of a route's schema, to every route of the table that takes one. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Hono } from 'hono';
import type { ErrorResponse } from '../../../shared/api/route/errors.ts';
import type { Route } from '../../../shared/api/route/route.ts';
import { routes } from '../../../shared/api/routes.ts';
import type { Fingerprint } from '../../../shared/ids.ts';
import { silentLog } from '../../core/ports/log.ts';
import { nodePlatform } from '../../platform/node-platform.ts';
import { ManualClock } from '../../testing/manual-clock.ts';
import { answerFailure } from './api-error.ts';
import { type HandlersOf, mountRoutes } from './mount.ts';

const ID = 'A'.repeat(22);
const KEY = 'A'.repeat(43);
const JSON_TYPE = 'application/json';

/** A body that each route takes, without what is wrong with the others. */
const good: Readonly<Record<string, object>> = {
  'POST /api/session': { device: KEY, nonce: 'n', signature: 'A'.repeat(86) },
  'POST /api/invitations/look': { code: ID },
  'POST /api/invitations/redeem': {
    code: ID,
    name: 'Ana',
    device: KEY,
    signature: 'A'.repeat(86),
  },
  'POST /api/office/invitations': { note: 'for the shop' },
  'PATCH /api/office/members/:id': { topics: [] },
  'POST /api/office/members/:id/remove-device': { device: KEY },
  'POST /api/office/blocks': { device: KEY },
  'PUT /api/me/card': { name: 'Ana', topics: [], store: '', owns: [] },
  'POST /api/office/spaces': { id: 'paint', name: { en: 'Paint' } },
  'PATCH /api/office/spaces/:id': { mode: 'open' },
  'POST /api/office/words': { pattern: 'marteau*', action: 'flag' },
  'POST /api/office/word-imports': { rules: [{ pattern: 'marteau*', action: 'flag' }] },
  'PATCH /api/office/word-settings': { settings: { phone: 'refuse' } },
  'POST /api/office/messages/:id/hide': {},
  'POST /api/office/messages/:id/unhide': {},
  'POST /api/office/members/:id/unhide': {},
  'POST /api/office/word-trials': { text: 'Un marteau' },
  'POST /api/office/notices/:id/decide': { upheld: true, reason: 'It is against the law.' },
  'POST /api/office/rights': { member: ID, right: 'moderator' },
  'POST /api/office/rights/:id/take': { right: 'moderator' },
  'POST /api/office/held/:id/lock': { if: 0 },
  'POST /api/office/held/:id/unlock': { if: 0 },
  'POST /api/office/held/:id/approve': { if: 0 },
  'POST /api/office/held/:id/refuse': { if: 0, reason: 'Not here' },
  'POST /api/office/held/:id/change': { if: 0, reason: 'Not here' },
  'POST /api/office/appeals/:id/decide': { grant: true },
};

/** Of every JSON type, and of none. */
const noObjects: readonly string[] = [
  '',
  ' ',
  'null',
  'true',
  'false',
  '0',
  '-1',
  '1e400',
  '""',
  '"{}"',
  '[]',
  '[[]]',
  '[{}]',
  '[null]',
  'undefined',
  'NaN',
  '{',
  '}',
  '{}{}',
  '{},',
  "{'a':1}",
  '{"a":1,}',
  '/**/{}',
  '\ufeff{}',
  '{a:1}',
  '{"a":\n"\u0000"}',
  '{"__proto__":{}}',
  '{"constructor":1}',
  '{"toString":1}',
  '['.repeat(8_000),
  '{"a":'.repeat(3_000),
  `${'['.repeat(7_000)}${']'.repeat(7_000)}`,
];

const withBody = Object.values<Readonly<Record<string, Route>>>(routes)
  .flatMap((ofFeature) => Object.values(ofFeature))
  .filter(({ request }) => request !== undefined && request.type !== 'image');
const nameOf = ({ method, path }: Route): string => `${method} ${path}`;

describe('bodies of the API', () => {
  const called: string[] = [];
  const app = new Hono();
  const clock = new ManualClock(0);
  const handlers = Object.fromEntries(
    Object.entries<Readonly<Record<string, Route>>>(routes).map(([feature, ofFeature]) => [
      feature,
      Object.fromEntries(
        Object.entries(ofFeature).map(([name, route]) => [
          name,
          () => void called.push(nameOf(route)),
        ]),
      ),
    ]),
  ) as unknown as HandlersOf<typeof routes>;
  mountRoutes(app, routes, handlers, {
    community: 'x'.repeat(22) as Fingerprint,
    platform: { ...nodePlatform, clock, verify: () => Promise.resolve(true) },
    // Whoever may do everything: only the body can be refused.
    callerOf: (context) =>
      context.req.path.startsWith('/api/office/')
        ? { type: 'command-line' }
        : {
            type: 'desk',
            member: { id: ID, role: 5, spaces: [], name: 'Ana' } as never,
            office: [],
          },
    ownHost: () => 'relay.example',
  });
  app.onError(answerFailure(silentLog));

  const send = async (
    route: Route,
    body: string | Uint8Array<ArrayBuffer>,
    type = JSON_TYPE,
  ): Promise<{ status: number; told: Partial<ErrorResponse>; reached: boolean }> => {
    clock.advance(3_600_000); // no limit of a route counts here
    const path = route.path.replace(':id', route.path.includes('spaces') ? 'demo' : ID);
    const before = called.length;
    const headers = type === '' ? {} : { 'content-type': type };
    const answer = await app.request(path, { method: route.method, headers, body });
    const text = await answer.text();
    const told = text.startsWith('{') ? (JSON.parse(text) as ErrorResponse) : {};
    return { status: answer.status, told, reached: called.length > before };
  };
  const refused = async (
    route: Route,
    body: string | Uint8Array<ArrayBuffer>,
    type?: string,
  ): Promise<void> => {
    const { status, told, reached } = await send(route, body, type);
    const what = `${nameOf(route)} ${String(body).slice(0, 40)} ${type ?? ''}`;
    assert.deepEqual([status, told.error, reached], [400, 'bad-request', false], what);
  };

  it('are taken when they are right', async () => {
    assert.deepEqual(withBody.map(nameOf).toSorted(), Object.keys(good).toSorted());
    for (const route of withBody) {
      const body = JSON.stringify(good[nameOf(route)]);
      for (const type of [JSON_TYPE, 'Application/JSON; charset=utf-8'])
        assert.ok((await send(route, body, type)).reached, nameOf(route));
    }
  });

  it('are 400 when they are no object, whatever else they are', async () => {
    for (const route of withBody) for (const body of noObjects) await refused(route, body);
  });

  it('are 400 with a field of another type, or one too many, or half a character', async () => {
    const strange: readonly unknown[] = [
      null,
      true,
      3,
      -1.5,
      '',
      '\ud800',
      'x'.repeat(5_000),
      [],
      [[]],
      [null],
      {},
      { length: 1 },
    ];
    for (const route of withBody) {
      const right = good[nameOf(route)]!;
      for (const name of Object.keys(right)) {
        for (const value of strange) {
          const body = { ...right, [name]: value };
          if (isTaken(route, name, value)) continue;
          await refused(route, JSON.stringify(body));
        }
      }
      for (const name of ['__proto__', 'constructor', 'hasOwnProperty', 'toJSON'])
        if (name in Object.prototype)
          await refused(route, JSON.stringify(right).replace('{', `{${JSON.stringify(name)}:{},`));
    }
  });

  it('are 400 in bytes that are no UTF-8, too many, or of another type', async () => {
    for (const route of withBody) {
      const body = JSON.stringify(good[nameOf(route)]);
      const bytes = new TextEncoder().encode(body);
      await refused(route, new Uint8Array([...bytes.slice(0, -1), 0x20, 0xff, 0x7d]));
      await refused(route, new Uint8Array([0xff, 0xfe, ...Buffer.from(body, 'utf16le')]));
      await refused(route, `${body}${' '.repeat(route.mostBodyBytes ?? 17_000)}`);
      for (const type of [
        'text/plain',
        'text/plain;charset=UTF-8',
        'application/x-www-form-urlencoded',
        'multipart/form-data; boundary=x',
        'application/jsonx',
        'application/json-seq',
        'x application/json',
      ])
        await refused(route, body, type);
    }
  });

  /** The few of the strange values that a field may have. */
  function isTaken(route: Route, name: string, value: unknown): boolean {
    const emptyList = Array.isArray(value) && value.length === 0;
    return (
      (emptyList && ['topics', 'owns', 'rules'].includes(name)) ||
      (value === '' && ['store', 'note', 'nonce', 'reason'].includes(name)) ||
      (value === true && ['grant', 'upheld'].includes(name)) ||
      (value === 3 && name === 'if')
    );
  }
});
