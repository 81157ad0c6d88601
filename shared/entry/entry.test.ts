/** Entries: there and back, ids, signatures, hostile bodies. */
import assert from 'node:assert/strict';
import { generateKeyPairSync, randomBytes, sign, verify, createPublicKey } from 'node:crypto';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import * as encoding from 'lib0/encoding';
import { bytesToText, concatBytes, textToBytes } from '../bytes.ts';
import { fingerprintOf } from '../hash.ts';
import { type ConversationId, type DeviceKey, type EntryId, parseSpaceId } from '../ids.ts';
import { Limits } from '../limits.ts';
import { type Content, decodeContent, encodeContent, kindOf } from './content.ts';
import { isWritable } from './writable.ts';
import { isSayable } from '../text/plain-text.ts';
import { conversationIdOf } from './conversation-id.ts';
import { contentOf, decodeEntry, entryIdOf } from './entry.ts';
import { EntryError } from './schema/entry-error.ts';
import { Kind } from './kinds.ts';
import { signEntry } from './sign-entry.ts';
import { isSmallOrder } from './small-order.ts';
import { verifyEntry } from './verify-entry.ts';

const community = fingerprintOf(new Uint8Array(32).fill(1));
const other = fingerprintOf(new Uint8Array(32).fill(2));
const keys = generateKeyPairSync('ed25519');
const author = keys.publicKey.export({ format: 'jwk' }).x as DeviceKey;
const id16 = bytesToText(new Uint8Array(16).fill(5));
const check = (key: Uint8Array, signature: Uint8Array, message: Uint8Array): boolean =>
  verify(
    null,
    message,
    createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: bytesToText(key) } }),
    signature,
  );
const entryOf = (content: Content) =>
  signEntry(
    {
      conversation: id16 as ConversationId,
      author,
      time: 1_700_000_000_000,
      content,
      nonce: new Uint8Array(randomBytes(8)),
    },
    community,
    (message) => new Uint8Array(sign(null, message, keys.privateKey)),
  );

const sayable = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 300 })
  .filter((text) => isSayable(text) && text.isWellFormed());
const contents: fc.Arbitrary<Content> = fc.oneof(
  fc.record(
    { kind: fc.constant('say' as const), text: sayable, quotes: fc.constant(id16 as EntryId) },
    { requiredKeys: ['kind', 'text'] },
  ),
  fc.record({
    kind: fc.constant('ask' as const),
    salt: fc.uint8Array({ minLength: 16, maxLength: 16 }),
    space: fc.constantFrom(parseSpaceId('demo'), parseSpaceId('a-1')),
    text: sayable,
    page: fc.constantFrom(
      { url: '', title: '' },
      { url: 'https://shop.example/x', title: 'é'.repeat(300) },
    ),
    lang: fc.constantFrom('fr', 'en-GB'),
  }),
  fc.record({
    kind: fc.constantFrom(
      'claim' as const,
      'release' as const,
      'close' as const,
      'reopen' as const,
    ),
  }),
  fc.constant({ kind: 'retract' as const, target: id16 as EntryId }),
  fc.constant({ kind: 'lapse' as const, claim: id16 as EntryId }),
  fc.record({
    kind: fc.constant('join' as const),
    grant: fc.uint8Array({ maxLength: Limits.grantBytes }),
  }),
);

const codeOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    assert.ok(error instanceof EntryError, String(error));
    return error.code;
  }
  return 'none';
};

describe('entry', () => {
  it('comes back from its bytes as it was made', async () => {
    await fc.assert(
      fc.asyncProperty(contents, async (content) => {
        const entry = await entryOf(content);
        const read = decodeEntry(entry.bytes, community);
        assert.deepEqual(contentOf(read), { ...content }); // fast-check makes records without a prototype
        assert.deepEqual(
          [read.author, read.conversation, read.time, read.id],
          [author, id16, 1_700_000_000_000, entry.id],
        );
      }),
      { numRuns: 200 },
    );
  });

  it('is its author’s, for one community, to the last bit', async () => {
    const entry = await entryOf({ kind: 'say', text: 'hello' });
    await verifyEntry(entry, community, check);
    await assert.rejects(async () => verifyEntry(entry, other, check), /bad-signature|entry/);
    for (const at of [1, 2, 20, 55, 60, entry.bytes.length - 70, entry.bytes.length - 1]) {
      const bytes = entry.bytes.slice();
      bytes[at]! ^= 1;
      await assert.rejects(
        async () => verifyEntry(decodeEntry(bytes, community), community, check),
        EntryError,
        `byte ${at}`,
      );
    }
  });

  it('has an id that its signature does not change, and its community does', async () => {
    const entry = await entryOf({ kind: 'say', text: 'hello' });
    const bytes = entry.bytes.slice();
    bytes[bytes.length - 1]! ^= 1;
    assert.equal(entryIdOf(bytes, community), entry.id);
    assert.notEqual(entryIdOf(entry.bytes, other), entry.id);
  });

  it('is refused with a key of small order', async () => {
    const entry = await entryOf({ kind: 'say', text: 'hello' });
    const bytes = entry.bytes.slice();
    bytes.set(textToBytes(bytesToText(new Uint8Array(32)), 32), 18);
    await assert.rejects(
      async () => verifyEntry(decodeEntry(bytes, community), community, () => true),
      { code: 'bad-key' },
    );
  });

  it('tells what is wrong by code, whatever the bytes', async () => {
    const { bytes } = await entryOf({ kind: 'say', text: 'hello' });
    assert.equal(
      codeOf(() => decodeEntry(new Uint8Array(Limits.entryBytes + 1), community)),
      'too-long',
    );
    assert.equal(
      codeOf(() => decodeEntry(bytes.subarray(0, 100), community)),
      'malformed',
    );
    assert.equal(
      codeOf(() =>
        decodeEntry(
          Uint8Array.from(bytes, (byte, at) => (at === 0 ? 2 : byte)),
          community,
        ),
      ),
      'unknown-version',
    );
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 0, maxLength: 400 }), fc.nat(80), (body, kind) => {
        codeOf(() => decodeEntry(body, community));
        codeOf(() => decodeContent(kind, body));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('content', () => {
  const say = (text: string): Uint8Array => encodeContent({ kind: 'say', text });

  it('refuses what is blank or endless, and whatever nobody may write', () => {
    assert.equal(
      codeOf(() => decodeContent(Kind.say, say(' \n\t '))),
      'malformed',
    );
    assert.equal(isWritable({ kind: 'say', text: 'a\u0000b' }), false);
    assert.equal(isWritable({ kind: 'say', text: 'a\u001bb' }), false);
    assert.equal(isWritable({ kind: 'say', text: 'ab' }), true);
    assert.equal(
      codeOf(() => decodeContent(Kind.say, say('x'.repeat(Limits.textLength + 1)))),
      'too-long',
    );
    assert.equal(
      codeOf(() => decodeContent(Kind.say, say('x'.repeat(Limits.textLength)))),
      'none',
    );
  });

  it('refuses pages that are no web address', () => {
    const ask = (url: string): Uint8Array =>
      encodeContent({
        kind: 'ask',
        salt: new Uint8Array(16),
        space: parseSpaceId('demo'),
        text: 'x',
        page: { url, title: '' },
        lang: '',
      });
    for (const url of ['javascript:alert(1)', 'data:text/html,x', ' https://x', 'ftp://x']) {
      assert.equal(
        codeOf(() => decodeContent(Kind.ask, ask(url))),
        'malformed',
        url,
      );
    }
    assert.equal(
      codeOf(() => decodeContent(Kind.ask, ask('HTTPS://x.example'))),
      'none',
    );
  });

  it('refuses spaces with odd names', () => {
    for (const name of ['', '../x', 'Demo', '-a', 'a'.repeat(41), '__proto__']) {
      assert.throws(() => parseSpaceId(name), RangeError, name);
    }
  });

  it('leaves bytes of later builds alone', () => {
    const longer = new Uint8Array([...say('hi'), 1, 2, 3]);
    assert.deepEqual(decodeContent(Kind.say, longer), { kind: 'say', text: 'hi' });
  });

  it('carries what a message answers, and reads one without it as before', () => {
    const quotes = id16 as EntryId;
    const plain = say('hi');
    const reply = encodeContent({ kind: 'say', text: 'hi', quotes });
    assert.deepEqual(reply, concatBytes(plain, textToBytes(quotes, 16), new Uint8Array(1)));
    assert.deepEqual(decodeContent(Kind.say, reply), { kind: 'say', text: 'hi', quotes });
    const none = { kind: 'say', text: 'hi' };
    // Zeros, and whatever is too short for an id: of what was taken once, nothing becomes unreadable.
    for (const more of [0, 1, 16, 17, 200])
      assert.deepEqual(decodeContent(Kind.say, concatBytes(plain, new Uint8Array(more))), none);
    const addition = reply.slice();
    addition[addition.length - 1] = 1;
    for (const longer of [addition, concatBytes(reply, new Uint8Array(256).fill(9))])
      assert.deepEqual(decodeContent(Kind.say, longer), { ...none, quotes });
    assert.equal(
      codeOf(() => decodeContent(Kind.say, concatBytes(reply, new Uint8Array(257)))),
      'too-long',
    );
  });

  it('knows kinds by number and refuses others by name', () => {
    assert.equal(
      codeOf(() => decodeContent(41, new Uint8Array())),
      'unknown-kind',
    );
    assert.equal(kindOf({ kind: 'lapse', claim: id16 as EntryId }), 64);
  });

  it('does not allocate what a length claims', () => {
    const lie = encoding.encode((encoder) => encoding.writeVarUint(encoder, 2 ** 40));
    assert.equal(
      codeOf(() => decodeContent(Kind.say, lie)),
      'malformed',
    );
    assert.equal(
      codeOf(() => decodeContent(Kind.join, lie)),
      'malformed',
    );
  });
});

describe('keys and conversations', () => {
  it('names every small-order point, whatever the sign of x', () => {
    const one = new Uint8Array(32);
    one[0] = 1;
    const signed = one.slice();
    signed[31] = 0x80;
    for (const key of [new Uint8Array(32), one, signed]) assert.ok(isSmallOrder(key));
    assert.equal(isSmallOrder(textToBytes(author, 32)), false);
  });

  it('gives a conversation to its asker alone', () => {
    const salt = new Uint8Array(16).fill(3);
    const id = conversationIdOf(author, salt, community);
    assert.equal(conversationIdOf(author, salt, community), id);
    const somebody = bytesToText(new Uint8Array(32).fill(4)) as DeviceKey;
    assert.notEqual(conversationIdOf(somebody, salt, community), id);
    assert.notEqual(conversationIdOf(author, salt, other), id);
    assert.notEqual(conversationIdOf(author, new Uint8Array(16), community), id);
  });
});
