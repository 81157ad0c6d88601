/** What somebody who has read PROTOCOL.md, and nothing else, does with a relay. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { askOffice } from '../office-client.ts';
import { type TestRelay, startTestRelay } from '../start-test-relay.ts';
import {
  Reader,
  base64url,
  fromBase64url,
  isSigned,
  joined,
  domain,
  shortHash,
  text,
} from './bytes.ts';
import { Client, Device, type Room, entryId, entryOf, redeem } from './client.ts';

const [DURABLE, DUPLICATE, LATER, REFUSED, CLAIMED] = [0, 1, 3, 4, 5];

describe('a client written from PROTOCOL.md alone', () => {
  let test: TestRelay;
  let fingerprint: string;
  const clients: Client[] = [];
  before(async () => {
    test = await startTestRelay();
    const community = (await (await fetch(`${test.url}/api/community`)).json()) as {
      fingerprint: string;
      key: string;
    };
    fingerprint = community.fingerprint;
    assert.equal(base64url(shortHash(fromBase64url(community.key))), fingerprint);
  });
  after(async () => {
    await Promise.all(clients.map((client) => client.end()));
    await test[Symbol.asyncDispose]();
  });

  const dial = async (device = new Device()): Promise<Client> => {
    const client = await Client.dial(test.url, fingerprint, device);
    clients.push(client);
    return client;
  };
  const helper = async (name: string): Promise<Client> => {
    const { body } = await askOffice<{ link: string }>(test.relay, 'POST', '/invitations', {
      role: 1,
    });
    const device = new Device();
    const taken = await redeem(test.url, fingerprint, device, body.link, name);
    assert.equal(taken.status, 200);
    const key = fromBase64url(String(taken.body['key']));
    const grant = fromBase64url(String(taken.body['grant']));
    assert.equal(base64url(shortHash(key)), fingerprint);
    const unsigned = grant.slice(0, -64);
    assert.ok(isSigned(key, joined(domain('grant', fingerprint), unsigned), grant.slice(-64)));
    const reader = new Reader(unsigned);
    assert.deepEqual([reader.u8(), reader.bytes(32)], [1, device.key]);
    assert.deepEqual(
      [base64url(reader.bytes(16)), reader.u8(), reader.text()],
      [taken.body['member'], 1, name],
    );
    const again = await redeem(test.url, fingerprint, device, body.link, name);
    assert.deepEqual([again.status, again.body['error']], [410, 'invitation-used']);
    return dial(device);
  };
  const opened = async (client: Client, room: string): Promise<Room> => {
    const answer = await client.open(room);
    assert.ok(typeof answer === 'object', `${room} is refused`);
    return answer;
  };

  it('is greeted as the member that its key makes, or that its invitation made', async () => {
    const visitor = await dial();
    assert.deepEqual(visitor.welcome?.member, visitor.device.member);
    assert.equal(visitor.welcome?.grant.length, 0);
    const ana = await helper('Ana');
    assert.ok(ana.welcome!.grant.length > 64);
  });

  it('asks, says, claims, and holds what the digest says that the relay holds', async () => {
    const [visitor, ana, ben] = [await dial(), await helper('Ana'), await helper('Ben')];
    const { id, outcome } = await visitor.ask('demo', 'Which plug?');
    assert.deepEqual([outcome.type, outcome.fields.varuint()], [DURABLE, 0]);
    const name = `conversation/${base64url(id)}`;
    const room = await opened(visitor, name);
    assert.equal(room.rows().length, 1);

    const inbox = await opened(ana, 'inbox/demo');
    assert.ok(inbox.rows().some(({ key }) => key === base64url(id)));
    const heard = visitor.changed();
    assert.equal((await ana.claim(id)).type, DURABLE);
    await heard;
    const second = await ben.claim(id);
    assert.deepEqual([second.type, second.fields.bytes(16)], [CLAIMED, ana.welcome!.member]);
    const answered = visitor.changed();
    assert.equal((await ana.say(id, 'The grey one 👩‍🚀')).type, DURABLE);
    await answered;
    assert.deepEqual(
      room.rows().map(({ seq, role }) => [seq, role]),
      [
        [0, 0],
        [1, 1],
        [2, 1],
      ],
    );
    const late = await opened(ben, name);
    assert.deepEqual(late.rows(), room.rows());
  });

  it('is told what the text says of doubles, of rules and of words', async () => {
    const [visitor, stranger] = [await dial(), await dial()];
    const { id } = await visitor.ask('demo', 'And now?');
    const twice = entryOf(visitor.device, fingerprint, 3, id, text('Twice'), Date.now());
    const first = await visitor.submit(twice, twice);
    const outcome = first.get(entryId(twice, fingerprint));
    assert.deepEqual([first.size, outcome?.type], [1, DURABLE]);
    const again = (await visitor.submit(twice)).get(entryId(twice, fingerprint));
    assert.equal(again?.type, DUPLICATE);
    assert.equal(again?.fields.varuint(), outcome?.fields.varuint());
    const codeOf = async (told: Promise<{ type: number; fields: Reader }>): Promise<string> => {
      const { type, fields } = await told;
      assert.equal(type, REFUSED);
      return fields.text();
    };
    assert.equal(await codeOf(stranger.say(id, 'Me too')), 'forbidden');
    assert.equal(await codeOf(visitor.say(new Uint8Array(16), 'Where?')), 'unknown-conversation');
    assert.equal(await codeOf(visitor.say(id, 'a\u202eb')), 'not-plain');
    assert.equal(await codeOf(visitor.say(id, '\u3164\u2800')), 'not-plain');
    assert.equal(await codeOf(visitor.say(id, ' ')), 'malformed');
    assert.equal(await codeOf(visitor.say(id, 'x'.repeat(4_001))), 'too-long');
    assert.equal(await stranger.open(`conversation/${base64url(id)}`), 4403);
    assert.equal(await stranger.open('conversation/nothing'), 4404);
  });

  it('asks and goes on in one submit', async () => {
    const visitor = await dial();
    const salt = new Uint8Array(16).fill(7);
    const id = shortHash(
      joined(
        domain('entry', fingerprint),
        new TextEncoder().encode('conversation'),
        visitor.device.key,
        salt,
      ),
    );
    const ask = joined(salt, text('demo'), text('One?'), text(''), text(''), text(''));
    const entries = [
      entryOf(visitor.device, fingerprint, 2, id, ask, Date.now()),
      entryOf(visitor.device, fingerprint, 3, id, text('Two'), Date.now()),
    ];
    const told = await visitor.submit(...entries);
    assert.deepEqual(
      entries.map((entry) => told.get(entryId(entry, fingerprint))?.type),
      [DURABLE, DURABLE],
    );
  });

  it('gets nothing for what it says on a channel before it is open', async () => {
    const visitor = await dial();
    const { id } = await visitor.ask('demo', 'Too early?');
    const name = `conversation/${base64url(id)}`;
    const room = await visitor.open(name, { tooEarly: true });
    assert.ok(typeof room === 'object');
    assert.deepEqual([room.rows().length, visitor.digests], [1, 1]);
    await opened(visitor, name); // whatever was still on its way is here by now
    assert.equal(visitor.digests, 2);
  });

  it('of a later protocol is served in the relay’s own', async () => {
    const device = new Device();
    const client = await Client.dial(test.url, fingerprint, device, 9);
    assert.equal((await client.ask('demo', 'From later on?')).outcome.type, DURABLE);
    await client.end();
  });

  it('waits with what follows a question that must wait', async () => {
    await using strict = await startTestRelay({ config: { questionsPerHour: 1 } });
    const { fingerprint: own } = (await (await fetch(`${strict.url}/api/community`)).json()) as {
      fingerprint: string;
    };
    const visitor = await Client.dial(strict.url, own, new Device());
    assert.equal((await visitor.ask('demo', 'First?')).outcome.type, DURABLE);
    const { id, outcome } = await visitor.ask('demo', 'Second?');
    assert.equal(outcome.type, LATER);
    assert.ok(outcome.fields.varuint() > 0);
    const more = await visitor.say(id, 'And another thing');
    assert.equal(more.type, LATER);
    assert.ok(more.fields.varuint() > 0);
    assert.equal(more.fields.u8(), 2, 'since its question is put off');
    await visitor.end();
  });

  it('is closed when it is somebody else than it says', async () => {
    class Liar extends Device {
      override sign(...parts: readonly Uint8Array[]): Uint8Array {
        return super.sign(...parts, new Uint8Array(1));
      }
    }
    await assert.rejects(Client.dial(test.url, fingerprint, new Liar()), /closed with 4401/);
  });
});
