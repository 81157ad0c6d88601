/** What a manager does, and that it takes hold at once. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Page } from '../../../shared/api/route/page.ts';
import { Role } from '../../../shared/grant/roles.ts';
import type { Fingerprint } from '../../../shared/ids.ts';
import type { OfficeBlock } from '../../../shared/api/blocks.ts';
import type {
  InvitationResponse,
  InviteResponse,
  OfficeInvitation,
} from '../../../shared/api/invitations.ts';
import type { OfficeMember } from '../../../shared/api/members.ts';
import { CloseCode } from '../../../shared/protocol/close-codes.ts';
import { FOR_EVER } from '../../../shared/protocol/control.ts';
import type { CardRecord, InboxRecord, SpaceRecord } from '../../../shared/protocol/records.ts';
import { conversationRoom, inboxRoom } from '../../../shared/protocol/rooms.ts';
import { parseSpaceId } from '../../../shared/ids.ts';
import { ManualClock } from '../../testing/manual-clock.ts';
import { type Method, askOffice } from '../../testing/office-client.ts';
import { type TestRelay, startTestRelay } from '../../testing/start-test-relay.ts';
import { TestDevice, TestIdentity, redeem } from '../../testing/test-device.ts';

const demo = parseSpaceId('demo');
const HOUR_MS = 3_600_000;

describe('the office', () => {
  const clock = new ManualClock(Date.now());
  let test: TestRelay;
  let community: Fingerprint;
  before(async () => {
    test = await startTestRelay({ clock });
    community = test.relay.core.authority.fingerprint;
  });
  after(() => test[Symbol.asyncDispose]());
  beforeEach(() => clock.advance(10 * 60_000)); // limits refill

  const office = <T>(
    method: Method,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; body: T }> => askOffice<T>(test.relay, method, path, body);
  const connect = (identity = new TestIdentity()): Promise<TestDevice> =>
    TestDevice.connect(test.socketUrl, community, { identity });
  const use = (link: string, name: string, identity = new TestIdentity()): Promise<Response> =>
    redeem(test.url, community, identity, link, name);
  const invite = async (draft: object = {}): Promise<InviteResponse> =>
    (await office<InviteResponse>('POST', '/invitations', draft)).body;

  async function helper(name: string, draft: object = {}): Promise<TestDevice> {
    const identity = new TestIdentity();
    assert.equal((await use((await invite(draft)).link, name, identity)).status, 200);
    return connect(identity);
  }

  it('reads each list a page at a time, and takes no other words for where one ended', async () => {
    // The fourth is sorted by 18 times as many characters.
    for (const name of ['Ana', 'Ève', 'Zoé', 'ﷺ'.repeat(40), '漢']) {
      await helper(name);
      const draft = { address: `203.0.113.${name.length}`, reason: name };
      await office('POST', '/blocks', draft);
    }
    for (const list of ['/members', '/invitations', '/blocks', '/spaces']) {
      const whole = (await office<Page<unknown>>('GET', list)).body;
      assert.equal(whole.next, null);
      assert.ok(list === '/spaces' || whole.items.length >= 3);
      const found: unknown[] = [];
      for (let after: string | null = ''; after !== null;) {
        const asked: string = after === '' ? '' : `&after=${encodeURIComponent(after)}`;
        const { body } = await office<Page<unknown>>('GET', `${list}?most=1${asked}`);
        assert.equal(body.items.length, 1);
        found.push(...body.items);
        after = body.next;
      }
      assert.deepEqual(found, whole.items);
      if (list !== '/spaces')
        assert.equal((await office('GET', `${list}?after=elsewhere`)).status, 400);
    }
  });

  describe('invitations', () => {
    it('carry role, spaces and topics to the member and their card', async () => {
      const device = await helper('Bea', {
        role: Role.expert,
        spaces: ['demo'],
        topics: ['Paint'],
      });
      const { body } = await office<Page<OfficeMember>>('GET', '/members');
      const bea = body.items.find(({ name }) => name === 'Bea');
      assert.deepEqual(
        [bea?.role, bea?.spaces, bea?.topics, bea?.here, bea?.devices.length],
        [Role.expert, ['demo'], ['Paint'], true, 1],
      );
      const space = await device.open('space/demo');
      const card = space.records.get(`card/${device.welcome?.member}`) as CardRecord;
      assert.deepEqual([card.name, card.role, card.topics], ['Bea', Role.expert, ['Paint']]);
    });

    it('are listed with what became of them', async () => {
      const made = await Promise.all(
        ['waiting', 'used', 'revoked', 'expired'].map(async (note) => ({
          note,
          ...(await invite({ note, days: note === 'expired' ? 1 : 7 })),
        })),
      );
      const of = (note: string): (typeof made)[number] => made.find((one) => one.note === note)!;
      await use(of('used').link, 'Cleo');
      assert.equal((await office('DELETE', `/invitations/${of('revoked').id}`)).status, 204);
      clock.advance(25 * HOUR_MS);
      const { body } = await office<Page<OfficeInvitation>>('GET', '/invitations');
      for (const { id, note } of made) {
        assert.equal(body.items.find((one) => one.id === id)?.state, note);
      }
    });

    it('are worth nothing once revoked, and cannot be revoked once used', async () => {
      const revoked = await invite();
      await office('DELETE', `/invitations/${revoked.id}`);
      assert.equal((await use(revoked.link, 'Dan')).status, 404);
      const used = await invite();
      await use(used.link, 'Dan');
      assert.equal((await office('DELETE', `/invitations/${used.id}`)).status, 404);
      assert.equal((await use(used.link, 'Eve')).status, 410);
    });

    it('sent again have another link, and the one before is void', async () => {
      const first = await invite();
      const { body: second } = await office<InviteResponse>(
        'POST',
        `/invitations/${first.id}/resend`,
      );
      assert.notEqual(second.link, first.link);
      assert.equal((await use(first.link, 'Fay')).status, 404);
      assert.equal((await use(second.link, 'Fay')).status, 200);
      assert.equal((await office('POST', `/invitations/${first.id}/resend`)).status, 404);
    });

    it('cannot be sent again once revoked', async () => {
      const { id } = await invite();
      await office('DELETE', `/invitations/${id}`);
      assert.equal((await office('POST', `/invitations/${id}/resend`)).status, 404);
      const { body } = await office<Page<OfficeInvitation>>('GET', '/invitations');
      assert.equal(body.items.find((one) => one.id === id)?.state, 'revoked');
    });

    it('let one of twenty in who use it at the same time', async () => {
      const { link } = await invite();
      const statuses = await Promise.all(
        Array.from({ length: 20 }, async (_, index) => (await use(link, `Gus ${index}`)).status),
      );
      assert.equal(statuses.filter((status) => status === 200).length, 1);
      assert.equal(statuses.filter((status) => status === 410).length, 19);
    });

    it('bring a member back who lost everything, as who they were', async () => {
      const lost = await helper('Hana', { role: Role.staff, topics: ['Tiles'] });
      const { conversation } = await (await connect()).ask('Before the loss');
      await lost.write(conversation, { kind: 'say', text: 'Mine' });
      const member = lost.welcome?.member;
      await lost.close();
      const { link } = await invite({ member, role: Role.manager, spaces: ['demo'] });
      const code = new URL(link).hash.slice('#invite='.length);
      const look = { method: 'POST', body: JSON.stringify({ code }) };
      const headers = { 'content-type': 'application/json' };
      const looked = await fetch(`${test.url}/api/invitations/look`, { ...look, headers });
      const { role, spaces, name, by, places } = (await looked.json()) as InvitationResponse;
      assert.deepEqual({ role, spaces, name }, { role: Role.staff, spaces: [], name: 'Hana' });
      assert.equal(by, '', 'the command line has no name');
      assert.equal(places[0]?.['fr'], 'Le Comptoir du bricolage (démo)');
      const identity = new TestIdentity();
      const visitor = await connect(identity);
      const own = await visitor.ask('On the new phone, before the link');
      await use(link, 'Hana', identity);
      await visitor.close();
      const back = await connect(identity);
      assert.equal(back.welcome?.member, member);
      const { body } = await office<Page<OfficeMember>>('GET', '/members');
      const hana = body.items.find(({ name }) => name === 'Hana');
      assert.deepEqual(
        [hana?.role, hana?.topics, hana?.devices.length],
        [Role.staff, ['Tiles'], 2],
      );
      const room = await back.open(conversationRoom(own.conversation));
      assert.equal(room.rows.length, 2, 'what the new device asked is theirs too');
      assert.equal((await office('POST', '/invitations', { member: 'A'.repeat(22) })).status, 404);
    });

    it('are refused when they make no sense', async () => {
      for (const body of [
        { role: 0 },
        { role: 255 },
        { spaces: ['NO SPACE'] },
        { spaces: ['demo', 'nowhere'] },
        { days: 0 },
        { rol: 1 },
        { note: 'so\u001b[2Jthat a terminal is wiped' },
        { topics: ['turned\u202earound'] },
      ])
        assert.equal(
          (await office('POST', '/invitations', body)).status,
          400,
          JSON.stringify(body),
        );
    });
  });

  describe('roles', () => {
    it('taken away end the desk at once: grant, claim, card, inbox', async () => {
      const device = await helper('Ivo');
      const { member } = device.welcome!;
      const visitor = await connect();
      const { conversation } = await visitor.ask('Taken and lost');
      assert.equal((await device.write(conversation, { kind: 'claim' })).outcome.type, 'durable');
      const other = await helper('Jon');
      const inbox = await other.open(inboxRoom(demo));
      const claim = (): InboxRecord['claim'] =>
        (inbox.records.get(conversation) as InboxRecord).claim;
      assert.equal(claim()?.member, member);

      assert.equal((await office('PATCH', `/members/${member}`, { role: 0 })).status, 204);
      await device.until(() => device.closed !== null, 'the way out');
      const back = await connect(device.identity);
      assert.equal(back.welcome?.grant.length, 0);
      assert.equal((await back.open(inboxRoom(demo))).closed, CloseCode.forbidden);
      assert.equal((await back.open(conversationRoom(conversation))).closed, CloseCode.forbidden);
      const { outcome } = await back.write(conversation, { kind: 'say', text: 'Still me' });
      assert.deepEqual(outcome, { type: 'refused', code: 'forbidden' });
      await other.until(() => claim() === null, 'the claim ends');
      const space = await other.open('space/demo');
      assert.equal(space.records.has(`card/${member}`), false);
    });

    it('changed are in the next grant', async () => {
      const device = await helper('Kim');
      await office('PATCH', `/members/${device.welcome?.member}`, { role: Role.expert });
      await device.until(() => device.closed === CloseCode.goingAway, 'the way out');
      const back = await connect(device.identity);
      const { body } = await office<Page<OfficeMember>>('GET', '/members');
      assert.equal(body.items.find(({ name }) => name === 'Kim')?.role, Role.expert);
      assert.ok((back.welcome?.grant.length ?? 0) > 0);
    });

    it('are nobody’s who is unknown', async () => {
      assert.equal((await office('PATCH', `/members/${'A'.repeat(22)}`, { role: 0 })).status, 404);
      assert.equal((await office('PATCH', '/members/x', { role: 0 })).status, 404);
      assert.equal((await office('PATCH', '/members/x', { role: 77 })).status, 400);
    });
  });

  describe('blocks', () => {
    const block = async (draft: object): Promise<OfficeBlock[]> => {
      const { status, body } = await office<OfficeBlock[]>('POST', '/blocks', draft);
      assert.equal(status, 201);
      return body;
    };

    it('refuse all 20 messages that waited on the device, and nobody else’s', async () => {
      const troll = await connect();
      const { conversation } = await troll.ask('A question like any other');
      await troll.close();
      const queued = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          troll.identity.entry(community, conversation, { kind: 'say', text: `Rude ${index}` }),
        ),
      );
      const other = await connect();
      const theirs = await other.ask('Mine');
      await block({ device: troll.identity.key, reason: 'rude' });
      const back = await connect(troll.identity);
      assert.equal(back.welcome?.blockedUntil, FOR_EVER);
      const outcomes = await back.submit(...queued);
      assert.deepEqual(
        outcomes,
        outcomes.map(() => ({ type: 'refused', code: 'blocked' })),
      );
      const words = { kind: 'say', text: 'Still here' } as const;
      assert.equal((await other.write(theirs.conversation, words)).outcome.type, 'durable');
      const room = await back.open(conversationRoom(conversation));
      assert.equal(room.rows.length, 1, 'they still read what was theirs');
    });

    it('tell whoever is connected at once, and end by themselves or when lifted', async () => {
      const device = await connect();
      const { conversation } = await device.ask('For an hour');
      const told = device.next('welcome');
      const [made] = await block({ member: device.welcome?.member, hours: 1 });
      assert.equal((await told).blockedUntil, clock.now() + HOUR_MS);
      const words = { kind: 'say', text: 'Hello?' } as const;
      assert.equal((await device.write(conversation, words)).outcome.type, 'refused');
      assert.equal(made?.expires, clock.now() + HOUR_MS);
      clock.advance(HOUR_MS + 20_000);
      assert.equal((await device.write(conversation, words)).outcome.type, 'durable');
      assert.equal(device.heard('welcome').at(-1)?.blockedUntil, 0, 'told with the keepalive');
      const [lasting] = await block({ member: device.welcome?.member });
      assert.equal((await device.write(conversation, words)).outcome.type, 'refused');
      assert.equal((await office('DELETE', `/blocks/${lasting?.id}`)).status, 204);
      assert.equal((await device.write(conversation, words)).outcome.type, 'durable');
      assert.equal((await office('DELETE', `/blocks/${lasting?.id}`)).status, 404);
    });

    it('of a network refuse whoever writes from it, and keep no address', async () => {
      const device = await connect();
      const [made] = await block({ address: '127.0.0.0/8' });
      assert.equal(made?.shown, 'IPv4 /8');
      const question = await device.identity.ask(community, 'From there');
      assert.deepEqual(await device.submit(question), [{ type: 'refused', code: 'blocked' }]);
      await office('DELETE', `/blocks/${made?.id}`);
      assert.deepEqual((await block({ address: '198.51.100.7' }))[0]?.shown, 'IPv4 /32');
      const kept = JSON.stringify((await test.relay.members.list(true, { most: 100 })).items);
      assert.equal(kept.includes('127.0.0'), false);
    });

    it('end a helper’s claims, so that somebody else can answer', async () => {
      const [maud, idris] = [await helper('Maud'), await helper('Idris')];
      const visitor = await connect();
      const { conversation } = await visitor.ask('Who has this?');
      assert.equal((await maud.write(conversation, { kind: 'claim' })).outcome.type, 'durable');
      assert.equal((await idris.write(conversation, { kind: 'claim' })).outcome.type, 'claimed');
      await block({ member: maud.welcome?.member });
      assert.equal((await idris.write(conversation, { kind: 'claim' })).outcome.type, 'durable');
    });

    it('let nobody take up a place, or bring in another device of theirs, until lifted', async () => {
      const device = await connect();
      const { link } = await invite();
      for (const subject of [{ device: device.identity.key }, { member: device.welcome?.member }]) {
        const [made] = await block(subject);
        const isTold = (): boolean => (device.heard('welcome').at(-1)?.blockedUntil ?? 0) > 0;
        await device.until(isTold, 'the block');
        assert.equal((await use(link, 'Eve', device.identity)).status, 403);
        const code = device.next('linkCode');
        device.say({ type: 'linkWanted', label: '' });
        assert.equal((await code).code, '');
        await office('DELETE', `/blocks/${made?.id}`);
      }
      assert.equal((await use(link, 'Eve', device.identity)).status, 200);
    });

    it('of the addresses where somebody was seen need not name them', async () => {
      const device = await connect();
      await device.ask('From where I am');
      const neighbour = await connect();
      const [made] = await block({ addressesOf: device.welcome?.member });
      assert.deepEqual([made?.subject, made?.shown], ['address', 'IPv4 /32']);
      const question = await neighbour.identity.ask(community, 'From the same shop');
      assert.equal((await neighbour.submit(question))[0]?.type, 'refused');
      await office('DELETE', `/blocks/${made?.id}`);
      const nowhere = await office('POST', '/blocks', { addressesOf: 'A'.repeat(22) });
      assert.equal(nowhere.status, 404);
    });

    it('of a network say beforehand how many others they touch, and spare the desk', async () => {
      const reachOf = async (query: string): Promise<unknown> =>
        (await office('GET', `/block-reach?${query}`)).body;
      const device = await connect();
      await device.ask('From the shop');
      const mine = `addressesOf=${device.welcome?.member}`;
      const before = (await reachOf(mine)) as { others: number; spared: number };
      const neighbour = await connect();
      await neighbour.ask('From the same shop');
      const ana = await helper('Noa');
      const { conversation } = await neighbour.ask('One more');
      const words = { kind: 'say', text: 'At the counter' } as const;
      assert.equal((await ana.write(conversation, words)).outcome.type, 'durable');
      const { others, spared } = before;
      assert.deepEqual(await reachOf(mine), {
        networks: 1,
        others: others + 1,
        spared: spared + 1,
      });
      const [made] = await block({ addressesOf: device.welcome?.member });
      assert.equal((await neighbour.write(conversation, words)).outcome.type, 'refused');
      assert.equal((await ana.write(conversation, words)).outcome.type, 'durable');
      const back = await connect(ana.identity);
      assert.equal(back.welcome?.blockedUntil, 0, 'a helper who comes anew is at the desk');
      await office('DELETE', `/blocks/${made?.id}`);
      const elsewhere = { networks: 1, others: 0, spared: 0 };
      assert.deepEqual(await reachOf('address=203.0.113.9'), elsewhere);
      assert.deepEqual(await reachOf('address=127.0.0.0/8'), {
        networks: 1,
        others: null,
        spared: 0,
      });
      assert.deepEqual(await reachOf(`addressesOf=${'A'.repeat(22)}`), {
        networks: 0,
        others: 0,
        spared: 0,
      });
      for (const query of ['', 'address=shop', `${mine}&address=127.0.0.1`])
        assert.equal((await office('GET', `/block-reach?${query}`)).status, 400, query);
    });

    it('say nothing of those whose words the blocked device carries', async () => {
      const carrier = await connect();
      const author = new TestIdentity();
      await block({ device: carrier.identity.key });
      const carried = await author.ask(community, 'By another’s device');
      assert.equal((await carrier.submit(carried))[0]?.type, 'durable');
    });

    it('follow a member who signs in or links a device', async () => {
      const one = await connect();
      await block({ member: one.welcome?.member });
      const other = await connect();
      const code = other.next('linkCode');
      other.say({ type: 'linkWanted', label: '' });
      const outcome = one.next('linked');
      one.say({ type: 'link', code: (await code).code, label: '' });
      assert.equal((await outcome).outcome, 'linked');
      const back = await connect(one.identity);
      assert.equal(back.welcome?.blockedUntil, FOR_EVER);
    });

    it('take a grant away as long as they hold', async () => {
      const device = await helper('Lea');
      const told = device.next('welcome');
      const [made] = await block({ member: device.welcome?.member });
      assert.equal((await told).grant.length, 0);
      const again = device.next('welcome');
      await office('DELETE', `/blocks/${made?.id}`);
      assert.ok((await again).grant.length > 0);
    });

    it('are refused when they make no sense', async () => {
      const key = 'A'.repeat(43);
      for (const body of [
        {},
        { address: 'shop' },
        { address: '1.2.3.4/99' },
        { device: 'x' },
        { device: key, reason: '\u001b[2J' },
      ])
        assert.equal((await office('POST', '/blocks', body)).status, 400, JSON.stringify(body));
      assert.equal((await office('POST', '/blocks', { device: key, address: '::1' })).status, 400);
    });
  });

  it('opens and closes spaces', async () => {
    assert.equal((await office('PATCH', '/spaces/demo', { mode: 'open' })).status, 204);
    const space = await (await connect()).open('space/demo');
    assert.equal((space.records.get('space') as { mode: number }).mode, 1);
    await office('PATCH', '/spaces/demo', { mode: 'closed', attributes: ['segment'] });
    const { body } = await office<Page<{ mode: number; attributes: string[] }>>('GET', '/spaces');
    assert.deepEqual([body.items[0]?.mode, body.items[0]?.attributes], [0, ['segment']]);
    await office('PATCH', '/spaces/demo', { contacts: true });
    const after = (await office<Page<object>>('GET', '/spaces')).body.items[0];
    assert.deepEqual(after, { ...body.items[0], contacts: true }, 'and nothing else');
    assert.equal((await office('PATCH', '/spaces/none', { mode: 'open' })).status, 404);
    assert.equal((await office('PATCH', '/spaces/demo', { mode: 'ajar' })).status, 400);
  });

  it('makes spaces, closed, with whoever answers everywhere in them', async () => {
    const everywhere = await helper('Ida');
    const draft = {
      id: 'paint',
      name: { fr: ' Peinture ', en: 'Paint' },
      suggestions: [{ fr: 'Combien de couches\u202f?' }, { fr: '' }],
      charter: { fr: 'Restons courtois.\nSans adresse.' },
    };
    const { status, body } = await office<{ name: object }>('POST', '/spaces', draft);
    assert.deepEqual([status, body.name], [201, { fr: 'Peinture', en: 'Paint' }]);
    const space = await (await connect()).open('space/paint');
    const record = space.records.get('space') as SpaceRecord;
    assert.deepEqual([record.mode, record.suggestions], [0, [{ fr: 'Combien de couches\u202f?' }]]);
    const card = space.records.get(`card/${everywhere.welcome?.member}`) as CardRecord;
    assert.equal(card.name, 'Ida');
    const asker = await connect();
    const question = await asker.identity.ask(community, 'Which white?', 'paint');
    assert.equal((await asker.submit(question))[0]?.type, 'durable');
    const inbox = await everywhere.open(inboxRoom(parseSpaceId('paint')));
    assert.equal(inbox.records.size, 1);
    const face = await fetch(`${test.url}/api/spaces/paint/face`);
    assert.equal(((await face.json()) as { name: { en: string } }).name.en, 'Paint');
  });

  it('changes a space language by language, and takes one away that is left empty', async () => {
    await office('POST', '/spaces', { id: 'wood', name: { fr: 'Bois', en: 'Wood' } });
    const changes = [{ name: { en: 'Timber' } }, { name: { fr: '' } }, { intro: { fr: 'Ici.' } }];
    const answers = await Promise.all(changes.map((one) => office('PATCH', '/spaces/wood', one)));
    assert.deepEqual(
      answers.map(({ status }) => status),
      [204, 204, 204],
      'all at once',
    );
    const { body } = await office<Page<SpaceRecord>>('GET', '/spaces');
    const wood = body.items.find(({ id }) => id === 'wood');
    assert.deepEqual([wood?.name, wood?.intro], [{ en: 'Timber' }, { fr: 'Ici.' }]);
  });

  it('refuses spaces that could not be shown, and one that is there', async () => {
    const name = { fr: 'Jardin' };
    assert.equal((await office('POST', '/spaces', { id: 'garden', name })).status, 201);
    for (const draft of [
      { id: 'garden', name },
      { id: 'Garden', name },
      { id: 'shed' },
      { id: 'shed', name: {} },
      { id: 'shed', name: { fr: '\u2800' } },
      { id: 'shed', name: { french: 'Abri' } },
      { id: 'shed', name: { fr: 'Abri\u001b[2J' } },
      { id: 'shed', name: { fr: 'Abri'.repeat(21) } },
      { id: 'shed', name, charter: { fr: 'a\u202eb' } },
      { id: 'shed', name, mode: 'ajar' },
      { id: 'shed', name, suggestions: Array.from({ length: 7 }, () => name) },
      {
        id: 'shed',
        name: Object.fromEntries(['fr', 'en', 'de'].map((lang) => [lang, 'é'.repeat(80)])),
        promise: Object.fromEntries(
          ['fr', 'en', 'de', 'it', 'es'].map((lang) => [lang, '字'.repeat(80)]),
        ),
      },
    ])
      assert.equal((await office('POST', '/spaces', draft)).status, 400, JSON.stringify(draft));
    assert.equal((await office('PATCH', '/spaces/garden', { name: { fr: '' } })).status, 400);
    const { body } = await office<Page<SpaceRecord>>('GET', '/spaces');
    assert.deepEqual(
      body.items.filter(({ id }) => id === 'shed' || id === 'garden').map((one) => one.name),
      [name],
    );
  });

  it('lets the page tell the desk of a visitor what the space allows, and keeps none of it', async () => {
    await office('PATCH', '/spaces/demo', { attributes: ['segment'] });
    const visitor = await connect();
    const { conversation } = await visitor.ask('Who am I?');
    const ana = await helper('Mia');
    const stranger = await connect();
    visitor.say({ type: 'attributes', json: '{"segment":"gold","card":"4111","age":7}' });
    const room = await ana.open(conversationRoom(conversation));
    const told = (): string[] =>
      room.told.flatMap((one) => (one.type === 'attributes' ? [one.json] : []));
    await ana.until(() => told().length > 0, 'the attributes');
    assert.deepEqual(told(), ['{"segment":"gold"}']);
    const mine = await visitor.open(conversationRoom(conversation));
    assert.equal(
      mine.told.some(({ type }) => type === 'attributes'),
      false,
    );
    assert.equal((await stranger.open(conversationRoom(conversation))).closed, CloseCode.forbidden);
    for (const json of ['[]', 'null', '{', JSON.stringify({ segment: 'x'.repeat(3_000) })])
      visitor.say({ type: 'attributes', json });
    await visitor.write(conversation, { kind: 'say', text: 'After the junk' });
    assert.deepEqual(told(), ['{"segment":"gold"}']);
    await visitor.close();
    const again = await connect(visitor.identity);
    assert.ok(again.welcome);
    const later = await (await helper('Noa')).open(conversationRoom(conversation));
    assert.equal(
      later.told.some(({ type }) => type === 'attributes'),
      false,
      'gone with them',
    );
  });
});
