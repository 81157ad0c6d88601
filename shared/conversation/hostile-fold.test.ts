/** Entries made to deceive, as a peer hands them over: what is shown does not change by a letter. */
import assert from 'node:assert/strict';
import { generateKeyPairSync, sign, verify, createPublicKey } from 'node:crypto';
import { describe, it } from 'node:test';
import { bytesToText, concatBytes, textToBytes } from '../bytes.ts';
import type { Content } from '../entry/content.ts';
import { conversationIdOf } from '../entry/conversation-id.ts';
import { type Entry, decodeEntry } from '../entry/entry.ts';
import { verifyEntry } from '../entry/verify-entry.ts';
import type { Verify } from '../verify.ts';
import { type Grant, decodeGrant, verifyGrant } from '../grant/grant.ts';
import { Role } from '../grant/roles.ts';
import { fingerprintOf, ownMemberOf } from '../hash.ts';
import { type DeviceKey, parseSpaceId } from '../ids.ts';
import {
  type Scene,
  type Signer,
  hostileEntries,
  makeEntry,
  makeGrant,
  question,
} from '../testing/hostile-entries.ts';
import { type FoldContext, fold } from './fold.ts';
import { SpaceMode } from '../space-mode.ts';
import { type EntryRow, decodeRow, encodeRow } from './row.ts';
import type { ConversationView } from './view.ts';

function somebody(): Signer {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const key = publicKey.export({ format: 'jwk' }).x as DeviceKey;
  return {
    key,
    member: ownMemberOf(key),
    sign: (message) => new Uint8Array(sign(null, message, privateKey)),
  };
}

/** The platform's own check, which takes keys of small order. */
const platformVerify: Verify = (key, signature, message) =>
  verify(
    null,
    message,
    createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: bytesToText(key) } }),
    signature,
  );

const NOW = 1_800_000_000_000;
const [authority, asker, helper, colleague, stranger] = Array.from({ length: 5 }, somebody) as [
  Signer,
  Signer,
  Signer,
  Signer,
  Signer,
];
const communityKey = textToBytes(authority.key, 32);
const community = fingerprintOf(communityKey);
const salt = new Uint8Array(16).fill(8);
const draft = {
  community,
  communityKey: authority.key,
  conversation: conversationIdOf(asker.key, salt, community),
  salt,
  space: 'demo',
  asker,
  helper,
  colleague,
  stranger,
  now: NOW,
};
const bare: Scene = { ...draft, question: '', said: '', claim: '', grant: salt } as never;
const entry = (signer: Signer, content: Content, time = NOW - 1_000): Entry =>
  decodeEntry(makeEntry(bare, signer, content, { time }), community);

const asked = entry(asker, question(bare));
const said = entry(asker, { kind: 'say', text: 'My words' });
const claim = entry(helper, { kind: 'claim' });
const grantOf = (who: Signer, more: object = {}): Uint8Array =>
  makeGrant(bare, { ...authority, member: who.member }, who.key, more);
const scene: Scene = {
  ...draft,
  question: asked.id,
  said: said.id,
  claim: claim.id,
  grant: grantOf(helper),
  expiredGrant: grantOf(helper, { expires: NOW - 86_400_000 }),
};

const row = (from: Entry, who: Signer, seq: number, role: Role = Role.visitor): EntryRow => ({
  type: 'entry',
  seq,
  place: seq,
  received: NOW - 500 + seq,
  verdict: { member: who.member, role, mode: SpaceMode.closed },
  receipt: new Uint8Array(16),
  entry: from.bytes,
});
const rows = [row(asked, asker, 0), row(said, asker, 1), row(claim, helper, 2, Role.helper)];

/** Grants as a device takes them in: those that the community signed. */
async function grantsOf(...all: readonly Uint8Array[]): Promise<Map<DeviceKey, Grant>> {
  const held = new Map<DeviceKey, Grant>();
  for (const bytes of all) {
    if (!(await verifyGrant(bytes, community, communityKey, platformVerify))) continue;
    const grant = decodeGrant(bytes);
    held.set(grant.device, grant);
  }
  return held;
}

/** Entries as a device takes them in from a peer: what cannot be read or is not signed is let fall. */
async function delivered(...all: readonly Uint8Array[]): Promise<Entry[]> {
  const taken: Entry[] = [];
  for (const bytes of all) {
    try {
      const one = decodeEntry(bytes, community);
      await verifyEntry(one, community, platformVerify);
      taken.push(one);
    } catch {
      // Refused at the door: `fold` never sees it.
    }
  }
  return taken;
}

async function view(
  overlay: readonly Entry[],
  more: Partial<FoldContext> = {},
): Promise<ConversationView> {
  const grants = await grantsOf(scene.grant, grantOf(colleague));
  const { conversation } = scene;
  const mode = SpaceMode.closed;
  return fold(rows, overlay, { conversation, community, now: NOW, grants, mode, ...more });
}

describe('fold, handed hostile entries', () => {
  it('by a peer: none changes anything', async () => {
    const before = await view([]);
    for (const { title, bytes } of hostileEntries(scene)) {
      assert.deepEqual(await view(await delivered(bytes)), before, title);
    }
    const all = hostileEntries(scene).map(({ bytes }) => bytes);
    assert.deepEqual(await view(await delivered(...all)), before, 'all of them together');
    assert.deepEqual(
      await view(await delivered(...all), { grants: new Map() }),
      await view([], { grants: new Map() }),
      'before any grant is known',
    );
  });

  it('in rows that a peer made up: only what is signed counts, and it is judged anew', async () => {
    const before = await view([]);
    const verdict = { member: stranger.member, role: Role.manager, mode: SpaceMode.open };
    for (const { title, bytes } of hostileEntries(scene)) {
      const made = encodeRow({ ...row(said, stranger, 3), verdict, entry: bytes });
      const read = decodeRow(made);
      const taken = read.type === 'entry' ? await delivered(read.entry) : [];
      assert.deepEqual(await view(taken), before, title);
    }
  });

  it('in a conversation that it knows nothing of: no question is shown but its owner’s', async () => {
    const context = { conversation: scene.conversation, community, now: NOW };
    const nothing = { ...context, grants: new Map<never, never>(), mode: SpaceMode.closed };
    const hostile = hostileEntries(scene).filter(({ title }) => !title.includes('asker'));
    const shown = fold([], await delivered(...hostile.map(({ bytes }) => bytes)), nothing);
    assert.deepEqual([shown.asker, shown.claim, shown.timeline], [null, null, []]);
  });

  it('by grants that are self-made, expired, of other spaces or of another device: a visitor', async () => {
    const before = await view([]);
    const words = [
      makeEntry(scene, stranger, { kind: 'say', text: 'Trust me' }),
      makeEntry(scene, stranger, { kind: 'close' }),
      makeEntry(scene, stranger, { kind: 'claim' }),
    ];
    const elsewhere = decodeGrant(grantOf(stranger));
    const held: Record<string, Map<DeviceKey, Grant>> = {
      'self-made': await grantsOf(makeGrant(scene, stranger, stranger.key)),
      'made by a helper': await grantsOf(makeGrant(scene, helper, stranger.key)),
      expired: await grantsOf(grantOf(stranger, { expires: NOW })),
      'of another device': new Map([[stranger.key, decodeGrant(scene.grant)]]),
      'of another space': new Map([
        [stranger.key, { ...elsewhere, spaces: [parseSpaceId('elsewhere')] }],
      ]),
    };
    assert.equal(held['expired']?.size, 1, 'signed by the community, once');
    for (const [title, grants] of Object.entries(held)) {
      assert.deepEqual(await view(await delivered(...words), { grants }), before, title);
    }
    const cut = grantOf(stranger);
    cut[cut.length - 70]! ^= 1;
    assert.equal((await grantsOf(cut)).size, 0, 'changed after it was signed');
  });

  it('of the same id with another signature: shown once, as numbered', async () => {
    const before = await view([]);
    const unsigned = said.bytes.slice(0, -64);
    const twins = [new Uint8Array(64), stranger.sign(unsigned)].map((signature) =>
      decodeEntry(concatBytes(unsigned, signature), community),
    );
    assert.ok(twins.every(({ id }) => id === said.id));
    assert.deepEqual(await view(await delivered(...twins.map(({ bytes }) => bytes))), before);
    // Even where the door was left open, a row is not replaced.
    assert.deepEqual(await view([...twins, said]), before);
  });

  it('dated years ahead or long ago: after all that is numbered, at no time to come', async () => {
    const ahead = entry(asker, { kind: 'say', text: 'From 2100' }, 4_102_444_800_000);
    const ago = entry(asker, { kind: 'say', text: 'From 1970' }, 0);
    const now = entry(asker, { kind: 'say', text: 'From now' }, NOW);
    const { timeline } = await view([ahead, now, ago]);
    const texts = timeline.map((item) => (item.type === 'message' ? item.text : item.type));
    assert.deepEqual(texts, [
      'Mine now?',
      'My words',
      'note',
      'From 1970',
      'From now',
      'From 2100',
    ]);
    assert.ok(timeline.every((item) => item.type === 'unreadable' || item.time <= NOW));
    const numbered = fold([...rows, row(ahead, asker, 3), row(now, asker, 4)], [], {
      conversation: scene.conversation,
      community,
      now: NOW,
      grants: new Map(),
      mode: SpaceMode.closed,
    });
    const last = numbered.timeline.slice(-2);
    assert.deepEqual(
      last.map((item) => item.type === 'message' && [item.text, item.time]),
      [
        ['From 2100', NOW - 497],
        ['From now', NOW - 496],
      ],
      'in the order that the relay gave, at the time it came',
    );
  });
});
