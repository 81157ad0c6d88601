/**
 * Whoever holds a right in one space may use what it is for there, and nothing of it elsewhere: every route that
 * lets in others than managers, by every right, in a space that is theirs, in one that is not, and in all.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { InviteResponse } from '../../../shared/api/invitations.ts';
import type { ErrorResponse } from '../../../shared/api/route/errors.ts';
import { type OfficeRight, officeRights } from '../../../shared/api/route/office-right.ts';
import type { Route } from '../../../shared/api/route/route.ts';
import { routes } from '../../../shared/api/routes.ts';
import { bytesToText } from '../../../shared/bytes.ts';
import { Role } from '../../../shared/grant/roles.ts';
import { MemoryStorage } from '../../storage/memory/memory-storage.ts';
import type { Storage } from '../../storage/storage.ts';
import { BrowserClient } from '../../testing/browser-client.ts';
import { ManualClock } from '../../testing/manual-clock.ts';
import { askOffice } from '../../testing/office-client.ts';
import { type TestRelay, startTestRelay } from '../../testing/start-test-relay.ts';
import { TestIdentity, redeem } from '../../testing/test-device.ts';

/** What a request needs to be about a space: an id in its path, a body. */
interface Made {
  readonly id?: string;
  readonly body?: object;
}
/** null: all of them. */
type Where = 'demo' | 'garden' | null;

const shared = Object.values<Readonly<Record<string, Route>>>(routes)
  .flatMap((ofFeature) => Object.values(ofFeature))
  .filter(({ also }) => also !== undefined);
const nameOf = ({ method, path }: Route): string => `${method} ${path}`;

describe('in their space alone', () => {
  const clock = new ManualClock(Date.now());
  let test: TestRelay;
  let storage: Storage;
  const holders = new Map<OfficeRight, BrowserClient>();
  let count = 0;

  const spacesOf = (where: Where): string[] => (where === null ? [] : [where]);
  const office = async <Body>(path: string, body: object): Promise<Body> =>
    (await askOffice<Body>(test.relay, 'POST', path, body)).body;

  /** Somebody of the desk, known by where they are. */
  async function helper(where: Where): Promise<TestIdentity> {
    const identity = new TestIdentity();
    const { link } = await office<InviteResponse>('/invitations', { spaces: spacesOf(where) });
    const community = test.relay.core.authority.fingerprint;
    const name = `Helper in ${where ?? 'all'}`;
    assert.equal((await redeem(test.url, community, identity, link, name)).status, 200);
    return identity;
  }
  async function photo(where: Where): Promise<Made> {
    const { member } = await helper(where);
    const name = bytesToText(new Uint8Array(16).fill(++count));
    const held = { name, member, bytes: new Uint8Array(3), uploaded: count, held: true };
    await storage.cards.putPhoto(held);
    return { id: name };
  }
  const word = (where: Where): object => ({
    pattern: `word ${++count}`,
    action: 'flag',
    ...(where === null ? {} : { space: where }),
  });
  const settings = { settings: { phone: 'flag' } };
  const invited = async (where: Where): Promise<Made> => ({
    id: (await office<InviteResponse>('/invitations', { spaces: spacesOf(where) })).id,
  });

  /** How each route is asked about a space, with something that is there. A route that is not here fails. */
  const makers: Readonly<Record<string, (where: Where) => Promise<Made> | Made>> = {
    'GET /api/office/spaces': () => ({}),
    'PATCH /api/office/spaces/:id': (where) => ({ id: where ?? 'none', body: { mode: 'open' } }),
    'GET /api/office/words': () => ({}),
    'POST /api/office/words': (where) => ({ body: word(where) }),
    'DELETE /api/office/words/:id': (where) => office<{ id: string }>('/words', word(where)),
    'POST /api/office/word-imports': () => ({ body: { rules: [word(null)] } }),
    'GET /api/office/word-lists': () => ({}),
    'GET /api/office/word-settings': () => ({}),
    'PATCH /api/office/word-settings': () => ({ body: settings }),
    'POST /api/office/word-trials': () => ({ body: { text: 'A drill' } }),
    'GET /api/office/photos': () => ({}),
    'POST /api/office/photos/:name/show': photo,
    'POST /api/office/photos/:name/refuse': photo,
    'GET /api/office/invitations': () => ({}),
    'POST /api/office/invitations': (where) => ({ body: { spaces: spacesOf(where) } }),
    'POST /api/office/invitations/:id/resend': invited,
    'DELETE /api/office/invitations/:id': invited,
    'GET /api/office/notices': () => ({}),
    'POST /api/office/notices/:id/decide': () => ({ body: { upheld: true, reason: 'x' } }),
    'GET /api/office/members': () => ({}),
    'PATCH /api/office/members/:id': async (where) => ({
      id: (await helper(where)).member,
      body: { topics: ['Paint'] },
    }),
    'POST /api/office/members/:id/remove-device': async (where) => {
      const { member: id, key: device } = await helper(where);
      return { id, body: { device } };
    },
  };

  /** What a route is sent about a space. */
  async function send(client: BrowserClient, route: Route, where: Where): Promise<Response> {
    clock.advance(60_000); // limits refill
    const { id = 'x', body } = (await makers[nameOf(route)]?.(where)) ?? {};
    const named = where === null ? {} : { space: where };
    const path = route.path.replace(/:\w+/, encodeURIComponent(id));
    const query = route.space === 'query.space' && where !== null ? `?space=${where}` : '';
    const inBody = route.space === 'body.space' ? { ...body, ...named } : body;
    const given = inBody === undefined ? {} : { body: JSON.stringify(inBody) };
    return client.send(route.method, `${path}${query}`, given);
  }

  before(async () => {
    storage = new MemoryStorage().open();
    test = await startTestRelay({ clock, storage });
    await office('/spaces', { id: 'garden', name: { en: 'The garden' } });
    const community = test.relay.core.authority.fingerprint;
    for (const right of officeRights) {
      if (right === 'manager') continue;
      const identity = new TestIdentity();
      const { status } = await askOffice(test.relay, 'POST', '/rights', {
        member: identity.member,
        right,
        spaces: ['demo'],
      });
      assert.equal(status, 204);
      const client = new BrowserClient(test.url, community, identity);
      assert.equal((await client.open()).status, 200);
      holders.set(right, client);
    }
    for (const where of ['demo', 'garden'] as const) {
      await photo(where);
      await invited(where);
      await office('/words', word(where));
    }
  });
  after(() => test[Symbol.asyncDispose]());

  it('is every route for others than managers', () => {
    assert.deepEqual(shared.map(nameOf).toSorted(), Object.keys(makers).toSorted());
  });

  for (const route of shared) {
    it(nameOf(route), async () => {
      for (const [right, client] of holders) {
        const isLetIn = route.also?.includes(right as 'analyst') ?? false;
        for (const where of ['garden', null, 'demo'] as const) {
          const answer = await send(client, route, where);
          const what = `${right} in ${where ?? 'all'}: ${answer.status}`;
          const named = ['query.space', 'everywhere'];
          const lists = route.method === 'GET' && !named.includes(route.space ?? '');
          if (isLetIn && route.space !== 'everywhere' && (where === 'demo' || lists)) {
            assert.ok(answer.status < 300, what);
            const text = await answer.text();
            if (lists) assert.doesNotMatch(text, /garden/, what);
            if (lists && route.space === 'found') assert.match(text, /demo/, what);
          } else {
            assert.equal(answer.status, 403, what);
            assert.equal(((await answer.json()) as ErrorResponse).error, 'forbidden', what);
          }
        }
      }
    });
  }

  it('makes nobody a manager, and moves nobody out of it', async () => {
    const client = holders.get('space-manager')!;
    const refused = async (method: string, path: string, body: object): Promise<void> => {
      const answer = await client.send(method, `/api/office${path}`, {
        body: JSON.stringify(body),
      });
      assert.equal(answer.status, 403, `${path} ${JSON.stringify(body)}`);
    };
    await refused('POST', '/invitations', { role: Role.manager, spaces: ['demo'] });
    await refused('POST', '/invitations', { spaces: ['demo', 'garden'] });
    const { member } = await helper('demo');
    for (const body of [
      { role: Role.manager },
      { spaces: [] },
      { spaces: ['garden'] },
      { spaces: ['demo', 'garden'] },
    ])
      await refused('PATCH', `/members/${member}`, body);
    await refused('POST', '/rights', { member: client.identity.member, right: 'manager' });
    const both = await helper(null);
    await refused('POST', '/invitations', { member: both.member });
  });

  it('ends with the right, at once, and shrinks with its spaces', async () => {
    const client = holders.get('moderator')!;
    const { member } = client.identity;
    const asked = async (): Promise<number> =>
      (await client.send('GET', '/api/office/photos')).status;
    assert.equal(await asked(), 200);
    const shown = async (where: Where): Promise<number> =>
      (await send(client, routes.cards.show, where)).status;
    await office('/rights', { member, right: 'moderator', spaces: ['garden'] });
    assert.deepEqual([await shown('demo'), await shown('garden')], [403, 204]);
    await office(`/rights/${member}/take`, { right: 'moderator' });
    assert.equal(await asked(), 401);
    assert.equal((await client.open()).status, 403);
  });
});
