/** The audit: each act of the brand's people has its line, written with it, and nobody changes one unseen. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { OfficeAuditLine } from '../../../shared/api/audit.ts';
import type { InviteResponse } from '../../../shared/api/invitations.ts';
import type { Page } from '../../../shared/api/route/page.ts';
import { OPERATOR } from '../../../shared/api/route/act.ts';
import { Role } from '../../../shared/grant/roles.ts';
import { BrowserClient } from '../../testing/browser-client.ts';
import { ManualClock } from '../../testing/manual-clock.ts';
import { type Method, askOffice } from '../../testing/office-client.ts';
import { type TestRelay, startTestRelay } from '../../testing/start-test-relay.ts';
import { TestIdentity, redeem } from '../../testing/test-device.ts';

interface Verified {
  readonly head: { readonly n: number; readonly hash: string } | null;
  readonly broken: number | null;
  readonly kept: boolean | null;
}

describe('the audit', () => {
  const clock = new ManualClock(Date.now());
  let test: TestRelay;
  before(async () => {
    test = await startTestRelay({ clock });
  });
  after(() => test[Symbol.asyncDispose]());

  const office = async <Body>(method: Method, path: string, body?: object): Promise<Body> =>
    (await askOffice<Body>(test.relay, method, path, body)).body;
  const lines = async (query = ''): Promise<readonly OfficeAuditLine[]> =>
    (await office<Page<OfficeAuditLine>>('GET', `/audit${query}`)).items;
  const last = async (): Promise<OfficeAuditLine | undefined> => (await lines('?most=1'))[0];
  const verified = (query = ''): Promise<Verified> => office('GET', `/audit-check${query}`);

  it('has each act with who, when, on what and why', async () => {
    await office('POST', '/words', { pattern: 'marteau', action: 'flag' });
    const line = await last();
    assert.deepEqual(
      [line?.by, line?.at, line?.act, line?.target, line?.why],
      [OPERATOR, clock.now(), 'word-added', 'everywhere', 'flag other marteau'],
    );
  });

  it('names the member whose session it was, and who took up an invitation', async () => {
    const identity = new TestIdentity();
    const community = test.relay.core.authority.fingerprint;
    const { link } = await office<InviteResponse>('POST', '/invitations', { role: Role.manager });
    await redeem(test.url, community, identity, link, 'Ana');
    const joined = await last();
    assert.deepEqual([joined?.act, joined?.by], ['invitation-redeemed', identity.member]);
    const browser = new BrowserClient(test.url, community, identity);
    await browser.open();
    const body = JSON.stringify({ member: new TestIdentity().member, reason: 'adverts', hours: 1 });
    assert.equal((await browser.send('POST', '/api/office/blocks', { body })).status, 201);
    const line = await last();
    assert.deepEqual([line?.act, line?.by, line?.why], ['block-made', identity.member, 'adverts']);
    assert.match(line?.target ?? '', /^member:[\w-]{22}$/);
    assert.deepEqual(
      (await lines(`?by=${identity.member}`)).map(({ act }) => act),
      ['block-made', 'invitation-redeemed'],
    );
  });

  it('has no line of what was refused or was not there', async () => {
    const before = await last();
    for (const [method, path, body] of [
      ['DELETE', '/blocks/nothing', undefined],
      ['DELETE', '/invitations/nothing', undefined],
      ['DELETE', '/words/nothing', undefined],
      ['POST', '/photos/AAAAAAAAAAAAAAAAAAAAAA/show', undefined],
      ['POST', '/words', { pattern: '*', action: 'flag' }],
      ['PATCH', '/spaces/nowhere', { mode: 'open' }],
      ['POST', '/audit/9999/blank', undefined],
    ] as const)
      assert.ok((await askOffice(test.relay, method, path, body)).status >= 400, path);
    assert.deepEqual(await last(), before);
  });

  it('is found by act, target and time, and read page by page', async () => {
    clock.advance(60_000);
    const from = clock.now();
    await office('PATCH', '/spaces/demo', { mode: 'open' });
    await office('PATCH', '/spaces/demo', { mode: 'closed' });
    const found = await lines(`?act=space-changed&target=space:demo&from=${from}`);
    assert.deepEqual(
      found.map(({ why }) => why),
      ['mode', 'mode'],
    );
    assert.deepEqual(await lines(`?act=space-changed&to=${from}`), []);
    const first = await office<Page<OfficeAuditLine>>('GET', '/audit?most=1');
    const second = await office<Page<OfficeAuditLine>>(
      'GET',
      `/audit?most=1&after=${encodeURIComponent(first.next ?? '')}`,
    );
    assert.equal(second.items[0]?.n, (first.items[0]?.n ?? 0) - 1);
  });

  it('is whole, and its end is known again once there are more lines', async () => {
    const { head, broken, kept } = await verified();
    assert.deepEqual([broken, kept], [null, null]);
    await office('PATCH', '/spaces/demo', { mode: 'open' });
    const end = `?n=${head?.n}&hash=${head?.hash}`;
    assert.equal((await verified(end)).kept, true);
    assert.equal((await verified(`?n=${head?.n}&hash=${'A'.repeat(43)}`)).kept, false);
    assert.equal((await verified(`?n=9999&hash=${head?.hash}`)).kept, false, 'it was cut');
  });

  it('loses a reason for good when it is blanked, keeps the line, and says who did it', async () => {
    await office('POST', '/words', { pattern: 'a name', action: 'flag' });
    const line = await last();
    assert.match(line?.why ?? '', /a name/);
    assert.equal((await askOffice(test.relay, 'POST', `/audit/${line?.n}/blank`)).status, 204);
    const [blanking, blanked] = await lines('?most=2');
    assert.deepEqual([blanked?.n, blanked?.why, blanked?.salt], [line?.n, null, null]);
    assert.deepEqual([blanking?.act, blanking?.target], ['audit-blanked', `line:${line?.n}`]);
    assert.equal((await verified()).broken, null);
  });

  it('is written as a line of JSON for each, in its order, to its end', async () => {
    const text = async (after: number): Promise<string> =>
      (await test.relay.office.request(`/api/office/audit-export?after=${after}`)).text();
    const told = (await text(0))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as OfficeAuditLine);
    assert.deepEqual(
      told.map(({ n }) => n),
      told.map((_, index) => index + 1),
    );
    assert.deepEqual(told.toReversed().slice(0, 100), await lines());
    assert.equal(await text(told.length), '');
  });
});
