/** The worked example of PROTOCOL.md: what it says follows from its seeds. */
import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { conversationIdOf } from '../../../shared/entry/conversation-id.ts';
import { signEntry } from '../../../shared/entry/sign-entry.ts';
import { fingerprintOf, ownMemberOf } from '../../../shared/hash.ts';
import { type DeviceKey, parseSpaceId } from '../../../shared/ids.ts';

const page = readFileSync(new URL('../../../shared/protocol/PROTOCOL.md', import.meta.url), 'utf8');
/** The lines of the example: a name, spaces, a value that may go on in the next lines. */
const said = new Map(
  Array.from(
    page.slice(page.indexOf('## 11.')).matchAll(/^(\w[\w ]*?) {2,}(\S+(?:\n +\S+)*)$/gm),
    ([, name = '', value = '']) => [name, value.replace(/\s/g, '')],
  ),
);
const bytesOf = (name: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.from(said.get(name) ?? '', 'hex'));

/** PKCS #8 of an Ed25519 key (RFC 8410 §7), around its 32 bytes. */
const keysOf = (seed: Uint8Array) => {
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const raw = createPublicKey(privateKey).export({ format: 'jwk' }).x ?? '';
  return { privateKey, raw };
};

test('the worked example of PROTOCOL.md follows from its seeds', async () => {
  const device = keysOf(bytesOf('device seed'));
  const author = device.raw as DeviceKey;
  const community = fingerprintOf(
    new Uint8Array(Buffer.from(keysOf(bytesOf('community seed')).raw, 'base64url')),
  );
  const salt = bytesOf('salt');
  const conversation = conversationIdOf(author, salt, community);
  const entry = await signEntry(
    {
      conversation,
      author,
      time: 1_800_000_000_000,
      content: {
        kind: 'ask',
        salt,
        space: parseSpaceId('demo'),
        text: 'Ça tient ?',
        page: { url: 'https://shop.example/drill', title: 'Drill' },
        lang: 'fr',
      },
      nonce: bytesOf('nonce'),
    },
    community,
    (message) => new Uint8Array(sign(null, message, device.privateKey)),
  );
  const found = {
    fingerprint: community,
    'device key': author,
    member: ownMemberOf(author),
    'conversation id': conversation,
    entry: bytesToHex(entry.bytes),
    'entry id': entry.id,
  };
  const text = Object.fromEntries(Object.keys(found).map((name) => [name, said.get(name)]));
  assert.deepEqual(text, found);
});

const bytesToHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
