/** Clients of protocol 1 go on working with this relay, whatever it learns to say beside. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Role } from '../../../shared/grant/roles.ts';
import { startTestRelay } from '../start-test-relay.ts';
import { TestDevice } from '../test-device.ts';
import { FixtureClient } from './client.ts';
import { base64url } from './wire.ts';

/** Numbers on the wire. */
const DURABLE = 0;
const REFUSED = 4;
const CLAIMED = 5;

describe('a client of protocol 1', () => {
  it('asks, answers, claims, withdraws and closes, and reads the same rows on both sides', async () => {
    await using test = await startTestRelay();
    const { fingerprint } = (await (await fetch(`${test.url}/api/community`)).json()) as {
      fingerprint: string;
    };
    const visitor = new FixtureClient(test.url, fingerprint);
    const helper = new FixtureClient(test.url, fingerprint);
    const second = new FixtureClient(test.url, fingerprint);
    for (const [client, name] of [
      [helper, 'Ana'],
      [second, 'Bo'],
    ] as const) {
      const link = await test.relay.inviteLink(Role.helper);
      await client.redeem(new URL(link).hash.slice('#invite='.length), name);
      await client.hello();
      assert.equal(client.hasGrant, true);
    }
    await visitor.hello();
    assert.equal(visitor.hasGrant, false);

    const { conversation, id } = visitor.ask('demo', 'Does it fit?');
    assert.equal(await visitor.answer(id), DURABLE);
    const inbox = helper.open('inbox/demo');
    await helper.until(() => inbox.record(base64url(conversation)) !== undefined);

    assert.equal(await helper.answer(helper.claim(conversation)), DURABLE);
    assert.equal(await second.answer(second.claim(conversation)), CLAIMED);
    const slip = helper.say(conversation, 'Nn');
    assert.equal(await helper.answer(slip), DURABLE);
    assert.equal(await helper.answer(helper.say(conversation, 'It does.')), DURABLE);
    assert.equal(await helper.answer(helper.retract(conversation, slip)), DURABLE);
    assert.equal(await visitor.answer(visitor.retract(conversation, slip)), REFUSED);
    assert.equal(await visitor.answer(visitor.say(conversation, 'Thank you')), DURABLE);
    assert.equal(await visitor.answer(visitor.closeIt(conversation)), DURABLE);

    for (const client of [visitor, helper]) {
      const room = client.open(`conversation/${base64url(conversation)}`);
      await client.until(() => room.isWhole());
      const texts = room.rows().filter(({ text }) => text !== '');
      assert.deepEqual(
        texts.map(({ text, role }) => [text, role]),
        [
          ['Does it fit?', Role.visitor],
          ['It does.', Role.helper],
          ['Thank you', Role.visitor],
        ],
      );
    }
    for (const client of [visitor, helper, second]) await client.hangUp();
  });

  it('reads what answers another message as a message', async () => {
    await using test = await startTestRelay();
    const { fingerprint } = test.relay.core.authority;
    const helper = new FixtureClient(test.url, fingerprint);
    const link = await test.relay.inviteLink(Role.helper);
    await helper.redeem(new URL(link).hash.slice('#invite='.length), 'Ana');
    await helper.hello();
    const device = await TestDevice.connect(test.socketUrl, fingerprint);
    const { conversation, id } = await device.ask('Does it fit?');
    const reply = { kind: 'say', text: 'I mean the blue one', quotes: id } as const;
    assert.equal((await device.write(conversation, reply)).outcome.type, 'durable');
    const room = helper.open(`conversation/${conversation}`);
    await helper.until(() => room.isWhole());
    assert.deepEqual(
      room.rows().map(({ text }) => text),
      ['Does it fit?', 'I mean the blue one'],
    );
    await helper.hangUp();
    await device.close();
  });
});
