/** Who may use which route: every route, by every kind of caller, against a table written by hand. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import * as v from 'valibot';
import type { InviteResponse } from '../../../shared/api/invitations.ts';
import type { ErrorResponse } from '../../../shared/api/route/errors.ts';
import type { Rights, Route } from '../../../shared/api/route/route.ts';
import { routes } from '../../../shared/api/routes.ts';
import { bytesToText } from '../../../shared/bytes.ts';
import { Role } from '../../../shared/grant/roles.ts';
import { BrowserClient } from '../../testing/browser-client.ts';
import { ManualClock } from '../../testing/manual-clock.ts';
import { askOffice } from '../../testing/office-client.ts';
import { type TestRelay, startTestRelay } from '../../testing/start-test-relay.ts';
import { TestIdentity, redeem } from '../../testing/test-device.ts';

/**
 * Whoever adds a route says here who may use it, and who besides managers; whoever loosens one has to say so here
 * too. In which spaces: scopes.test.ts.
 */
const EXPECTED: Readonly<Record<string, string>> = {
  'GET /healthz': 'anyone',
  'GET /readyz': 'anyone',
  'GET /api/community': 'anyone',
  'GET /api/openapi.json': 'anyone',
  'POST /api/session/challenge': 'anyone',
  'POST /api/session': 'signed',
  'DELETE /api/session': 'anyone',
  'POST /api/invitations/look': 'anyone',
  'POST /api/invitations/redeem': 'signed',
  'GET /api/spaces/:id/face': 'anyone',
  'GET /api/photos/:name': 'anyone',
  'GET /api/me/card': 'desk',
  'PUT /api/me/card': 'desk',
  'PUT /api/me/photo': 'desk',
  'DELETE /api/me/photo': 'desk',
  'GET /api/office/invitations': 'office space-manager',
  'POST /api/office/invitations': 'office space-manager',
  'POST /api/office/invitations/:id/resend': 'office space-manager',
  'DELETE /api/office/invitations/:id': 'office space-manager',
  'GET /api/office/members': 'office space-manager',
  'PATCH /api/office/members/:id': 'office space-manager',
  'POST /api/office/members/:id/remove-device': 'office space-manager',
  'GET /api/office/blocks': 'office',
  'GET /api/office/block-reach': 'office',
  'POST /api/office/blocks': 'office',
  'DELETE /api/office/blocks/:id': 'office',
  'GET /api/office/photos': 'office space-manager moderator',
  'POST /api/office/photos/:name/show': 'office space-manager moderator',
  'POST /api/office/photos/:name/refuse': 'office space-manager moderator',
  'GET /api/office/spaces': 'office space-manager moderator analyst',
  'POST /api/office/spaces': 'office',
  'PATCH /api/office/spaces/:id': 'office space-manager',
  'GET /api/office/words': 'office space-manager',
  'POST /api/office/words': 'office space-manager',
  'DELETE /api/office/words/:id': 'office space-manager',
  'POST /api/office/word-imports': 'office space-manager',
  'GET /api/office/word-lists': 'office space-manager',
  'GET /api/office/word-settings': 'office space-manager',
  'PATCH /api/office/word-settings': 'office space-manager',
  'POST /api/office/word-trials': 'office space-manager',
  'GET /api/office/held': 'guard',
  'POST /api/office/held/:id/lock': 'guard',
  'POST /api/office/held/:id/unlock': 'guard',
  'POST /api/office/held/:id/approve': 'guard',
  'POST /api/office/held/:id/refuse': 'guard',
  'POST /api/office/held/:id/change': 'guard',
  'GET /api/office/appeals': 'guard',
  'POST /api/office/appeals/:id/decide': 'guard',
  'GET /api/office/reports': 'guard',
  'POST /api/office/messages/:id/hide': 'guard',
  'POST /api/office/messages/:id/unhide': 'guard',
  'POST /api/office/members/:id/unhide': 'office',
  'GET /api/office/audit': 'office',
  'GET /api/office/audit-export': 'office',
  'GET /api/office/audit-check': 'office',
  'POST /api/office/audit/:n/blank': 'office',
  'GET /api/office/notices': 'office moderator',
  'POST /api/office/notices/:id/decide': 'office moderator',
  'GET /api/office/rights': 'office',
  'POST /api/office/rights': 'office',
  'POST /api/office/rights/:id/take': 'office',
};

/** Who holds a right in the office, everywhere, and no place at the desk. */
const RIGHT_HOLDERS = ['manager', 'moderator', 'analyst'] as const;
const holderOf = (right: string): string => `${right} by right`;

/** What each kind of caller is told who asks with nothing: 0 when they may come in. */
const DESK = ['helper', 'guardian', 'staff', 'expert', 'manager of a space'] as const;
const REFUSED: Readonly<Record<Rights, Readonly<Record<string, number>>>> = {
  anyone: {},
  signed: {},
  desk: {
    nobody: 401,
    visitor: 401,
    ...Object.fromEntries(RIGHT_HOLDERS.map((right) => [holderOf(right), 403])),
  },
  office: {
    nobody: 401,
    visitor: 401,
    ...Object.fromEntries(DESK.map((name) => [name, 403])),
    ...Object.fromEntries(['moderator', 'analyst'].map((right) => [holderOf(right), 403])),
  },
  guard: {
    nobody: 401,
    visitor: 401,
    ...Object.fromEntries(
      ['helper', 'staff', 'expert', holderOf('analyst')].map((name) => [name, 403]),
    ),
  },
};
/** Undone for those whom the table of this test lets in besides. */
const refusedOf = (expected: string, caller: string): number => {
  const [rights = '', ...also] = expected.split(' ');
  return also.some((right) => holderOf(right) === caller)
    ? 0
    : (REFUSED[rights as Rights][caller] ?? 0);
};

const all = Object.values<Readonly<Record<string, Route>>>(routes).flatMap((ofFeature) =>
  Object.values(ofFeature),
);
/** Last, since it ends the session that the others are asked with. */
const ending: Route = routes.sessions.end;
const table = [...all.filter((route) => route !== ending), ending];
const nameOf = ({ method, path }: Route): string => `${method} ${path}`;
/** Names of nothing. */
const pathOf = ({ path }: Route): string => path.replaceAll(/:\w+/g, 'x');

describe('every route', () => {
  const clock = new ManualClock(Date.now());
  let test: TestRelay;
  const callers = new Map<string, BrowserClient>();

  async function caller(draft: object | null, opens: boolean): Promise<BrowserClient> {
    clock.advance(60_000); // limits refill
    const community = test.relay.core.authority.fingerprint;
    const identity = new TestIdentity();
    if (draft !== null) {
      const { body } = await askOffice<InviteResponse>(test.relay, 'POST', '/invitations', draft);
      assert.equal((await redeem(test.url, community, identity, body.link, 'Ana')).status, 200);
    }
    const client = new BrowserClient(test.url, community, identity);
    if (opens) assert.equal((await client.open()).status, draft === null ? 403 : 200);
    return client;
  }
  before(async () => {
    test = await startTestRelay({ clock });
    callers.set('nobody', await caller(null, false));
    callers.set('visitor', await caller(null, true));
    for (const name of ['helper', 'guardian', 'staff', 'expert'] as const)
      callers.set(name, await caller({ role: Role[name] }, true));
    callers.set('manager of a space', await caller({ role: 5, spaces: ['demo'] }, true));
    callers.set('manager', await caller({ role: Role.manager }, true));
    for (const right of RIGHT_HOLDERS) {
      const holder = await caller(null, false);
      const { member } = holder.identity;
      await askOffice(test.relay, 'POST', '/rights', { member, right });
      assert.equal((await holder.open()).status, 200, right);
      callers.set(holderOf(right), holder);
    }
  });
  after(() => test[Symbol.asyncDispose]());

  it('is in the table of this test, with its rights', () => {
    assert.deepEqual(
      Object.fromEntries(
        table.map((route) => [nameOf(route), [route.rights, ...(route.also ?? [])].join(' ')]),
      ),
      EXPECTED,
    );
  });

  for (const route of table) {
    it(`${nameOf(route)} lets in whom it should`, async () => {
      const expected = EXPECTED[nameOf(route)]!;
      for (const [name, client] of callers) {
        clock.advance(60_000);
        const answer = await client.send(route.method, pathOf(route));
        const refused = refusedOf(expected, name);
        const isRefused = answer.status === 401 || answer.status === 403;
        assert.equal(isRefused ? answer.status : 0, refused, name);
        if (answer.status === 200 && typeof route.response === 'object' && route.response)
          assert.ok(v.is(route.response, await answer.json()), `${name} is told another shape`);
        if (!isRefused) continue;
        const { error } = (await answer.json()) as ErrorResponse;
        assert.equal(error, refused === 401 ? 'no-session' : 'forbidden', name);
      }
    });

    it(`${nameOf(route)} is the command line’s if it is the office’s, and else is not there`, async () => {
      const { status } = await test.relay.office.request(pathOf(route), { method: route.method });
      if (/^(office|guard)/.test(EXPECTED[nameOf(route)] ?? ''))
        assert.ok(status !== 401 && status !== 403);
      else assert.equal(status, 404);
    });
  }

  const bodies: Readonly<Record<string, object>> = {
    'POST /api/session': { nonce: 'x' },
    'POST /api/invitations/redeem': { code: 'x'.repeat(22), name: 'Ana' },
  };
  for (const route of table.filter(({ rights }) => rights === 'signed')) {
    it(`${nameOf(route)} takes no signature but the device’s own, whoever asks`, async () => {
      for (const [name, client] of callers) {
        clock.advance(60_000);
        const device = client.identity.key;
        const signed = new TestIdentity().sign(new Uint8Array(3));
        for (const signature of [bytesToText(signed), bytesToText(new Uint8Array(64))]) {
          const body = JSON.stringify({ ...bodies[nameOf(route)], device, signature });
          const answer = await client.send(route.method, route.path, { body });
          assert.equal(((await answer.json()) as ErrorResponse).error, 'bad-signature', name);
        }
      }
    });
  }
});
