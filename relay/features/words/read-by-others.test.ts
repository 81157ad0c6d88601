/** What people say of themselves beside messages: names, cards, topics, labels, what a page tells. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { InviteResponse } from '../../../shared/api/invitations.ts';
import { Role } from '../../../shared/grant/roles.ts';
import { BrowserClient } from '../../testing/browser-client.ts';
import { askOffice } from '../../testing/office-client.ts';
import { type TestRelay, startTestRelay } from '../../testing/start-test-relay.ts';
import { TestDevice, TestIdentity, redeem } from '../../testing/test-device.ts';
import { VisitorAttributes } from '../attributes/visitor-attributes.ts';
import { parseMemberId, parseSpaceId } from '../../../shared/ids.ts';

describe('what others read of a helper', () => {
  let test: TestRelay;
  before(async () => {
    test = await startTestRelay();
    const body = { pattern: 'evil.example', action: 'refuse' };
    await askOffice(test.relay, 'POST', '/words', body);
  });
  after(() => test[Symbol.asyncDispose]());
  const community = (): typeof test.relay.core.authority.fingerprint =>
    test.relay.core.authority.fingerprint;

  it('is no name that a rule refuses, and the invitation stays good for another', async () => {
    const link = await test.relay.inviteLink();
    const identity = new TestIdentity();
    const refused = await redeem(test.url, community(), identity, link, 'C0nnard');
    assert.equal(refused.status, 422);
    // A link that leads nowhere says nothing of the lists.
    const nowhere = `${link.slice(0, -22)}${'A'.repeat(22)}`;
    assert.equal((await redeem(test.url, community(), identity, nowhere, 'C0nnard')).status, 404);
    assert.equal((await redeem(test.url, community(), identity, link, 'Ana')).status, 200);
    assert.deepEqual(
      (await test.relay.members.list(false, { most: 10 })).items.map(({ name }) => name),
      ['Ana'],
    );
    const browser = new BrowserClient(test.url, community(), identity);
    await browser.open();
    const card = { name: 'Ana', topics: ['Paint'], store: 'Lyon', owns: ['A drill'] };
    const put = (fields: Partial<typeof card>): Promise<Response> =>
      browser.send('PUT', '/api/me/card', { body: JSON.stringify({ ...card, ...fields }) });
    assert.equal((await put({})).status, 200);
    for (const fields of [
      { name: 'Fuck you' },
      { topics: ['Paint', 'p u t e'] },
      { store: 'see evil.example' },
      { owns: ['s@lope'] },
    ]) {
      const answer = await put(fields);
      assert.equal(answer.status, 422, JSON.stringify(fields));
      assert.equal(((await answer.json()) as { error: string }).error, 'moderated');
    }
    const kept = (await (await browser.send('GET', '/api/me/card')).json()) as typeof card;
    assert.deepEqual([kept.name, kept.topics, kept.store], ['Ana', ['Paint'], 'Lyon']);
  });

  it('is no note or topic that a rule refuses, whoever writes it', async () => {
    const draft = { role: Role.helper, topics: ['Paint'], note: '' };
    const invite = (more: object) =>
      askOffice<InviteResponse>(test.relay, 'POST', '/invitations', { ...draft, ...more });
    assert.equal((await invite({ note: 'for a connard' })).status, 422);
    assert.equal((await invite({ topics: ['evil.example'] })).status, 422);
    assert.equal((await invite({ note: 'call 06 39 98 12 34' })).status, 201);
    const identity = new TestIdentity();
    await redeem(test.url, community(), identity, await test.relay.inviteLink(), 'Ben');
    const path = `/members/${((await test.relay.members.of(identity.key)) as { id: string }).id}`;
    const change = (topics: string[]) => askOffice(test.relay, 'PATCH', path, { topics });
    assert.equal((await change(['connasse'])).status, 422);
    assert.equal((await change(['Wood'])).status, 204);
  });

  it('is nothing that a rule refuses in one of the spaces where it is shown', async () => {
    const rule = { pattern: 'tournevis', action: 'refuse', space: 'demo' };
    await askOffice(test.relay, 'POST', '/words', rule);
    const topics = ['tournevis'];
    const invite = async (spaces: readonly string[]): Promise<number> =>
      (await askOffice(test.relay, 'POST', '/invitations', { role: Role.helper, topics, spaces }))
        .status;
    assert.equal(await invite(['demo']), 422);
    assert.equal(await invite([]), 422, 'all spaces');
    await askOffice(test.relay, 'POST', '/spaces', { id: 'paint', name: { en: 'Paint' } });
    assert.equal(await invite(['paint']), 201);
    const place = async (spaces: readonly string[]): Promise<string> => {
      const identity = new TestIdentity();
      const draft = { role: Role.helper, spaces };
      const { body } = await askOffice<InviteResponse>(test.relay, 'POST', '/invitations', draft);
      await redeem(test.url, community(), identity, body.link, 'Cleo');
      return `/members/${((await test.relay.members.of(identity.key)) as { id: string }).id}`;
    };
    const change = async (path: string): Promise<number> =>
      (await askOffice(test.relay, 'PATCH', path, { topics })).status;
    assert.equal(await change(await place(['demo'])), 422);
    assert.equal(await change(await place([])), 422);
    assert.equal(await change(await place(['paint'])), 204);
  });

  it('is no name of a device that a rule refuses: that device has none', async () => {
    const [one, other] = await Promise.all(
      [new TestIdentity(), new TestIdentity()].map((identity) =>
        TestDevice.connect(test.socketUrl, community(), { identity }),
      ),
    );
    const made = one!.next('linkCode');
    one!.say({ type: 'linkWanted', label: 'Phone of a connard' });
    const linked = other!.next('linked');
    other!.say({ type: 'link', code: (await made).code, label: 'Laptop' });
    await linked;
    const devices = await test.relay.members.devicesOf(one!.identity.member);
    const all =
      devices.length > 0 ? devices : await test.relay.members.devicesOf(other!.identity.member);
    assert.deepEqual(all.map(({ label }) => label).toSorted(), ['', 'Laptop']);
    await one!.close();
    await other!.close();
  });
});

it('the desk is not told what a page says of a visitor where nobody may read that', () => {
  const space = parseSpaceId('demo');
  const member = parseMemberId('B'.repeat(21).concat('A'));
  const attributes = new VisitorAttributes(
    () => ['segment', 'basket'],
    (text) => !text.includes('rude'),
  );
  attributes.set(member, JSON.stringify({ segment: 'something rude', basket: '3 drills' }));
  assert.equal(attributes.of(member, space), '{"basket":"3 drills"}');
});
