/** The office by HTTP: who is let in, and that what they change takes hold. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Role } from '../../../shared/grant/roles.ts';
import { BrowserClient } from '../../testing/browser-client.ts';
import { askOffice } from '../../testing/office-client.ts';
import { type TestRelay, startTestRelay } from '../../testing/start-test-relay.ts';
import { TestIdentity, redeem } from '../../testing/test-device.ts';
import type { Page } from '../../../shared/api/route/page.ts';
import type { OfficeBlock } from '../../../shared/api/blocks.ts';
import type { ErrorResponse } from '../../../shared/api/route/errors.ts';
import type {
  InviteRequest,
  InviteResponse,
  OfficeInvitation,
} from '../../../shared/api/invitations.ts';

const PATHS = [
  ['GET', '/invitations'],
  ['POST', '/invitations'],
  ['POST', '/invitations/x/resend'],
  ['DELETE', '/invitations/x'],
  ['GET', '/members'],
  ['PATCH', '/members/x'],
  ['POST', '/members/x/remove-device'],
  ['GET', '/blocks'],
  ['POST', '/blocks'],
  ['DELETE', '/blocks/x'],
  ['GET', '/photos'],
  ['POST', '/photos/x/show'],
  ['POST', '/photos/x/refuse'],
  ['GET', '/spaces'],
  ['PATCH', '/spaces/x'],
  ['GET', '/nothing'],
] as const;

describe('the office by HTTP', () => {
  let test: TestRelay;
  let manager: BrowserClient;
  before(async () => {
    test = await startTestRelay();
    manager = await joined({ role: Role.manager });
    assert.equal((await manager.open()).status, 200);
  });
  after(() => test[Symbol.asyncDispose]());

  async function joined(asked: InviteRequest): Promise<BrowserClient> {
    const community = test.relay.core.authority.fingerprint;
    const { body } = await askOffice<InviteResponse>(test.relay, 'POST', '/invitations', asked);
    const identity = new TestIdentity();
    await redeem(test.url, community, identity, body.link, 'Maud');
    return new BrowserClient(test.url, community, identity);
  }
  const office = (
    client: BrowserClient,
    method: string,
    path: string,
    body?: unknown,
    origin?: string | null,
  ): Promise<Response> =>
    client.send(method, `/api/office${path}`, {
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      origin,
    });
  const errorOf = async (answer: Response): Promise<string> =>
    ((await answer.json()) as ErrorResponse).error;

  it('lets a manager invite, see it and revoke it', async () => {
    const asked: InviteRequest = { role: Role.staff, topics: ['boots'], note: 'for the shop' };
    const made = await office(manager, 'POST', '/invitations', asked);
    assert.equal(made.status, 201);
    const { id, link } = (await made.json()) as InviteResponse;
    assert.match(link, /\/desk\/#invite=[\w-]{22}/);
    const listed = await office(manager, 'GET', '/invitations');
    assert.equal(listed.headers.get('cache-control'), 'private, no-store');
    const found = ((await listed.json()) as Page<OfficeInvitation>).items.find(
      (one) => one.id === id,
    );
    assert.equal(found?.state, 'waiting');
    assert.equal(found?.note, 'for the shop');
    assert.equal((await office(manager, 'DELETE', `/invitations/${id}`)).status, 204);
  });

  it('asks everyone for a session, at every path', async () => {
    const stranger = await joined({ role: Role.manager }); // has not opened a session
    for (const [method, path] of PATHS) {
      const answer = await office(stranger, method, path);
      assert.equal(answer.status, 401, `${method} ${path}`);
      assert.equal(await errorOf(answer), 'no-session');
    }
  });

  it('is closed to every other role, and to a manager of some spaces, at every path', async () => {
    const [space = ''] = test.relay.spaces.ids;
    const others: InviteRequest[] = [Role.helper, Role.guardian, Role.staff, Role.expert].map(
      (role) => ({ role }),
    );
    for (const asked of [...others, { role: Role.manager, spaces: [space] }]) {
      const client = await joined(asked);
      assert.equal((await client.open()).status, 200);
      for (const [method, path] of PATHS) {
        const answer = await office(client, method, path);
        assert.equal(answer.status, 403, `role ${asked.role}: ${method} ${path}`);
        assert.equal(await errorOf(answer), 'forbidden');
      }
    }
  });

  it('closes at once when the role is taken away', async () => {
    const second = await joined({ role: Role.manager });
    await second.open();
    assert.equal((await office(second, 'GET', '/members')).status, 200);
    const path = `/members/${second.identity.member}`;
    assert.equal((await office(manager, 'PATCH', path, { role: Role.helper })).status, 204);
    assert.equal((await office(second, 'GET', '/members')).status, 403);
  });

  it('takes the open invitations of a manager back with their place, or when they are blocked', async () => {
    const invitedBy = async (client: BrowserClient): Promise<InviteResponse> => {
      await client.open();
      const made = await office(client, 'POST', '/invitations', { role: Role.manager });
      return (await made.json()) as InviteResponse;
    };
    const statusOf = async ({ link }: InviteResponse): Promise<number> => {
      const community = test.relay.core.authority.fingerprint;
      const { status } = await redeem(test.url, community, new TestIdentity(), link, 'Again');
      return status;
    };
    const listed = async (): Promise<readonly OfficeInvitation[]> =>
      ((await (await office(manager, 'GET', '/invitations')).json()) as Page<OfficeInvitation>)
        .items;

    const kept = await invitedBy(manager);
    const fired = await joined({ role: Role.manager });
    const used = await invitedBy(fired);
    assert.equal(await statusOf(used), 200);
    const back = await invitedBy(fired);
    const { madeBy } = (await listed()).find(({ id }) => id === back.id)!;
    assert.equal(madeBy, fired.identity.member);
    await office(manager, 'PATCH', `/members/${madeBy}`, { role: Role.visitor });
    assert.equal(await statusOf(back), 404);
    assert.equal((await office(manager, 'POST', `/invitations/${back.id}/resend`)).status, 404);
    const states = new Map((await listed()).map(({ id, state }) => [id, state]));
    assert.equal(states.get(back.id), 'revoked');
    assert.equal(states.get(used.id), 'used');

    for (const subject of ['member', 'device'] as const) {
      const blocked = await joined({ role: Role.manager });
      const theirs = await invitedBy(blocked);
      const { member, key: device } = blocked.identity;
      const block = subject === 'member' ? { member } : { device };
      assert.equal((await office(manager, 'POST', '/blocks', block)).status, 201);
      assert.equal(await statusOf(theirs), 404, subject);
    }
    assert.equal(await statusOf(kept), 200);
  });

  it('is closed to a manager who is blocked: they cannot lift it themselves', async () => {
    const second = await joined({ role: Role.manager });
    await second.open();
    const made = await office(manager, 'POST', '/blocks', { device: second.identity.key });
    const [block] = (await made.json()) as OfficeBlock[];
    assert.equal((await office(second, 'DELETE', `/blocks/${block?.id}`)).status, 401);
    assert.equal((await second.open()).status, 403);
    assert.equal((await office(manager, 'DELETE', `/blocks/${block?.id}`)).status, 204);
    assert.equal((await second.open()).status, 200);
    // A block of a network stops who writes from it, not those who could lift it.
    await office(manager, 'POST', '/blocks', { address: '127.0.0.1' });
    const blocks = (await (await office(second, 'GET', '/blocks')).json()) as Page<OfficeBlock>;
    for (const { id } of blocks.items)
      assert.equal((await office(manager, 'DELETE', `/blocks/${id}`)).status, 204);
  });

  it('makes no change that another origin’s page asks for with a manager’s cookie', async () => {
    for (const origin of [null, 'null', 'https://evil.example', 'http://127.0.0.1:1']) {
      const answer = await office(manager, 'POST', '/invitations', { note: 'forged' }, origin);
      assert.equal(answer.status, 403, String(origin));
      assert.equal(await errorOf(answer), 'forbidden-origin');
    }
    const listed = (await (await office(manager, 'GET', '/invitations')).json()) as unknown[];
    assert.ok(!JSON.stringify(listed).includes('forged'));
  });

  it('lets no page of another origin read its answers', async () => {
    const answer = await office(manager, 'GET', '/members', undefined, 'https://evil.example');
    assert.equal(await errorOf(answer), 'forbidden-origin');
    const own = await office(manager, 'GET', '/members');
    assert.equal(own.headers.get('access-control-allow-credentials'), null);
  });

  it('refuses a body without end, and what is not asked for', async () => {
    const long = await office(manager, 'POST', '/invitations', { note: 'x'.repeat(20_000) });
    assert.equal(await errorOf(long), 'bad-request');
    const odd = await office(manager, 'POST', '/invitations', { role: Role.helper, admin: true });
    assert.equal(await errorOf(odd), 'bad-request');
  });
});
