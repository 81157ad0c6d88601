/** The filter on the way of an entry, on a real relay. */
import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { Role } from '../../../shared/grant/roles.ts';
import { parseSpaceId } from '../../../shared/ids.ts';
import { conversationRoom, inboxRoom } from '../../../shared/protocol/rooms.ts';
import { conversationIdOf } from '../../../shared/entry/conversation-id.ts';
import { askOffice } from '../../testing/office-client.ts';
import { type TestRelay, startTestRelay } from '../../testing/start-test-relay.ts';
import { TestDevice, TestIdentity, redeem } from '../../testing/test-device.ts';

describe('what somebody writes', () => {
  let test: TestRelay;
  let helper: TestDevice;
  before(async () => {
    test = await startTestRelay();
    const { fingerprint } = test.relay.core.authority;
    const identity = new TestIdentity();
    await redeem(test.url, fingerprint, identity, await test.relay.inviteLink(Role.staff), 'Ana');
    helper = await TestDevice.connect(test.socketUrl, fingerprint, { identity });
  });
  after(async () => {
    await helper.close();
    await test[Symbol.asyncDispose]();
  });
  const visitor = (): Promise<TestDevice> =>
    TestDevice.connect(test.socketUrl, test.relay.core.authority.fingerprint);
  const asked = async (device: TestDevice, text: string) => {
    const entry = await device.ask(text);
    return { entry, outcome: device.outcomes.get(entry.id)! };
  };
  const rule = (draft: object) => askOffice(test.relay, 'POST', '/words', draft);

  it('is refused where a rule refuses it, and reaches nobody and no file', async () => {
    const one = await visitor();
    const { entry, outcome } = await asked(one, 'Which drill for concrete?');
    assert.equal(outcome.type, 'durable');
    const room = conversationRoom(entry.conversation);
    const read = await helper.open(room);
    const secret = 'fuck zebraquartz';
    const said = await one.write(entry.conversation, { kind: 'say', text: secret });
    assert.deepEqual(said.outcome, { type: 'refused', code: 'moderated' });
    // Sent again, whoever carries it: the same.
    assert.deepEqual(await helper.submit(said.entry), [{ type: 'refused', code: 'moderated' }]);
    const fine = await one.write(entry.conversation, { kind: 'say', text: 'Sorry. For a wall.' });
    assert.equal(fine.outcome.type, 'durable');
    await helper.until(() => read.rows.length === 2, 'the next message');
    const bare = await visitor();
    const { outcome: refused } = await asked(bare, 'Fils de pute zebraquartz');
    assert.deepEqual(refused, { type: 'refused', code: 'moderated' });
    const inbox = await helper.open(inboxRoom(parseSpaceId('demo')));
    assert.equal(JSON.stringify([...inbox.records]).includes('zebraquartz'), false);
    const files = (await readdir(test.data)).filter((name) => !name.endsWith('.sock'));
    for (const file of files)
      assert.equal(
        (await readFile(join(test.data, file), 'latin1')).includes('zebraquartz'),
        false,
        file,
      );
    await one.close();
    await bare.close();
  });

  it('is refused in the title of the page too, and by the domain of its address', async () => {
    await rule({ pattern: 'evil.example', action: 'refuse', kind: 'scam' });
    const one = await visitor();
    const { fingerprint } = test.relay.core.authority;
    const ask = async (page: { url: string; title: string }) => {
      const salt = crypto.getRandomValues(new Uint8Array(16));
      const { identity } = one;
      const entry = await identity.entry(
        fingerprint,
        conversationIdOf(identity.key, salt, fingerprint),
        { kind: 'ask', salt, space: parseSpaceId('demo'), text: 'Hello', page, lang: '' },
      );
      const [outcome] = await one.submit(entry);
      return outcome!;
    };
    const url = 'https://shop.example/con/silla';
    assert.equal((await ask({ url, title: 'Drill 06 39 98 12 34' })).type, 'durable');
    const moderated = { type: 'refused', code: 'moderated' };
    assert.deepEqual(await ask({ url, title: 'c0nnard' }), moderated);
    assert.deepEqual(await ask({ url: 'https://a.evil.example/x', title: '' }), moderated);
    await one.close();
  });

  it('holds in one space what is said there, and takes back what is said everywhere', async () => {
    const space = 'demo';
    assert.equal((await rule({ pattern: 'tournevis', action: 'refuse', space })).status, 201);
    const one = await visitor();
    assert.equal((await asked(one, 'Un tournevis ?')).outcome.type, 'refused');
    await rule({ pattern: 'tournevis cruciforme', action: 'allow' });
    assert.equal((await asked(one, 'Un tournevis cruciforme ?')).outcome.type, 'durable');
    assert.equal(
      (await asked(one, 'Un tournevis, un tournevis cruciforme')).outcome.type,
      'refused',
    );
    await one.close();
  });

  it('may be said three times, and not a fourth where that is refused; the desk may', async () => {
    const settings = { repeat: 'refuse' };
    await askOffice(test.relay, 'PATCH', '/word-settings', { settings });
    const one = await visitor();
    const entry = await one.ask('Which drill for a wall?');
    const say = async (device: TestDevice, text: string) =>
      (await device.write(entry.conversation, { kind: 'say', text })).outcome.type;
    for (const text of ['Buy my great drills', 'buy my GREAT drills!', 'Buy my great dríll s'])
      assert.equal(await say(one, text), 'durable');
    assert.equal(await say(one, 'Buy. My. Great. Drills.'), 'refused');
    assert.equal(await say(one, 'Something else altogether'), 'durable');
    for (let turn = 0; turn < 5; turn++)
      assert.equal(await say(helper, 'We answer within the hour'), 'durable');
    for (let turn = 0; turn < 5; turn++) assert.equal(await say(one, 'Merci !'), 'durable');
    await one.close();
  });

  it('is let through with a number or a link by whoever speaks for the brand', async () => {
    const settings = { phone: 'refuse', 'foreign-link': 'refuse', email: 'refuse' };
    await askOffice(test.relay, 'PATCH', '/word-settings', { settings });
    const one = await visitor();
    const entry = await one.ask('Who can help me?');
    const say = async (device: TestDevice, text: string) =>
      (await device.write(entry.conversation, { kind: 'say', text })).outcome.type;
    for (const text of ['06 39 98 12 34', 'https://elsewhere.example/x', 'me@mail.example']) {
      assert.equal(await say(one, text), 'refused', text);
      assert.equal(await say(helper, text), 'durable', text);
    }
    assert.equal(await say(helper, 'fuck off'), 'refused');
    await one.close();
  });
});

it('an import takes what a rule may be called alone, and says of the rest what is wrong', async () => {
  await using test = await startTestRelay();
  const patterns = ['marteau', `a${'-'.repeat(500)}b`, 'clou\u001b[2J', 'vis\nplate', '*'];
  const rules = patterns.map((pattern) => ({ pattern, action: 'refuse' }));
  const line = 'A pattern is one line of at most 100 characters.';
  const { body } = await askOffice(test.relay, 'POST', '/word-imports', { rules });
  assert.deepEqual(body, {
    taken: 1,
    wrong: [
      { pattern: `a${'-'.repeat(99)}`, why: line },
      { pattern: 'clou[2J', why: line },
      { pattern: 'vis plate', why: line },
      { pattern: '*', why: 'A star stands before or after a word.' },
    ],
  });
});
