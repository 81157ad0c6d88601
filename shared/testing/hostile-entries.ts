/**
 * Entries that nobody may get away with, each with the code a relay refuses it by. The relay's tests
 * submit them; those of `fold` hand them over as a peer would.
 */
import { concatBytes, textToBytes } from '../bytes.ts';
import type { Content } from '../entry/content.ts';
import { conversationIdOf } from '../entry/conversation-id.ts';
import { SIGNATURE_LENGTH, encodeUnsigned, signedBytes } from '../entry/entry.ts';
import { encodeGrant, grantSignedBytes } from '../grant/grant.ts';
import { Role } from '../grant/roles.ts';
import {
  type ConversationId,
  type DeviceKey,
  type EntryId,
  type Fingerprint,
  type MemberId,
  parseSpaceId,
} from '../ids.ts';
import { Limits } from '../limits.ts';
import type { RefusalCode } from '../protocol/outcome.ts';
import { smallOrderKeys } from './small-order-keys.ts';

/** Somebody with a device key. */
export interface Signer {
  readonly key: DeviceKey;
  readonly member: MemberId;
  readonly sign: (message: Uint8Array<ArrayBuffer>) => Uint8Array;
}

/** A conversation in a closed space, and who is about. */
export interface Scene {
  readonly community: Fingerprint;
  /** The community's own key: what its entries are signed by. */
  readonly communityKey: DeviceKey;
  readonly conversation: ConversationId;
  /** Of the question. */
  readonly salt: Uint8Array;
  readonly space: string;
  readonly question: EntryId;
  /** Something else that the asker said. */
  readonly said: EntryId;
  /** By which the helper has the conversation. */
  readonly claim: EntryId;
  readonly asker: Signer;
  readonly helper: Signer;
  /** The helper's, as the community signed it. */
  readonly grant: Uint8Array;
  /** The helper's too, of days ago: as the community signed it, and run out. */
  readonly expiredGrant: Uint8Array;
  /** Another of the desk. */
  readonly colleague: Signer;
  /** A visitor who has nothing to do here. */
  readonly stranger: Signer;
  /** ms since the epoch. */
  readonly now: number;
}

export interface HostileEntry {
  readonly title: string;
  readonly bytes: Uint8Array;
  readonly refusal: RefusalCode;
}

const OTHER_COMMUNITY = 'AAAAAAAAAAAAAAAAAAAAAA' as Fingerprint;
/** R is the neutral point, S is 0: keys of small order take it for many a message. */
const NOBODYS_SIGNATURE = new Uint8Array(SIGNATURE_LENGTH).fill(1, 0, 1);

let made = 0;
/** Never the same twice. */
const nonce = (): Uint8Array => {
  made += 1;
  return Uint8Array.from({ length: 8 }, (_, index) => (index < 4 ? made >> (index * 8) : 7));
};

interface Making {
  /** Whose name it bears. @default who signs */
  readonly author?: DeviceKey;
  readonly conversation?: ConversationId;
  readonly community?: Fingerprint;
  readonly time?: number;
}

/** An entry's bytes, as `signer` makes them for this scene. */
export function makeEntry(
  scene: Scene,
  signer: Signer,
  content: Content,
  { author, conversation, community, time }: Making = {},
): Uint8Array<ArrayBuffer> {
  const unsigned = encodeUnsigned({
    conversation: conversation ?? scene.conversation,
    author: author ?? signer.key,
    time: time ?? scene.now,
    content,
    nonce: nonce(),
  });
  return concatBytes(unsigned, signer.sign(signedBytes(unsigned, community ?? scene.community)));
}

/** A grant that `signer` made up. */
export function makeGrant(
  scene: Pick<Scene, 'community' | 'now'>,
  signer: Signer,
  device: DeviceKey,
  { role = Role.helper, expires = scene.now + 3_600_000 }: { role?: Role; expires?: number } = {},
): Uint8Array<ArrayBuffer> {
  const { member } = signer;
  const issued = Math.min(scene.now, expires) - 1;
  const unsigned = encodeGrant({ device, member, role, name: 'Eve', spaces: [], issued, expires });
  return concatBytes(unsigned, signer.sign(grantSignedBytes(unsigned, scene.community)));
}

export function question(scene: Scene, salt = scene.salt, more: object = {}): Content {
  const page = { url: '', title: '' };
  const space = parseSpaceId(scene.space);
  return { kind: 'ask', salt, space, text: 'Mine now?', page, lang: 'en', ...more };
}

/** The signed part of an entry with some bytes changed, signed anew. */
function changed(
  scene: Scene,
  signer: Signer,
  entry: Uint8Array,
  change: (unsigned: Uint8Array<ArrayBuffer>) => Uint8Array,
): Uint8Array {
  const unsigned = change(entry.slice(0, entry.length - SIGNATURE_LENGTH));
  return concatBytes(unsigned, signer.sign(signedBytes(unsigned, scene.community)));
}

export function hostileEntries(scene: Scene): HostileEntry[] {
  return [
    ...forgeries(scene),
    ...thefts(scene),
    ...trespasses(scene),
    ...grants(scene),
    ...relaysOwn(scene),
    ...keysOfSmallOrder(scene),
    ...malformed(scene),
  ];
}

function forgeries(scene: Scene): HostileEntry[] {
  const { asker, helper, stranger } = scene;
  const word: Content = { kind: 'say', text: 'I never said this.' };
  const honest = makeEntry(scene, asker, word);
  const flipped = honest.slice();
  flipped[flipped.length - 1]! ^= 1;
  const elsewhere = conversationIdOf(asker.key, new Uint8Array(16).fill(3), scene.community);
  const moved = makeEntry(scene, asker, word, { conversation: elsewhere });
  moved.set(textToBytes(scene.conversation, 16), 2);
  const refusal = 'bad-signature';
  return [
    {
      title: 'words in the asker’s name',
      bytes: makeEntry(scene, stranger, word, { author: asker.key }),
      refusal,
    },
    {
      title: 'words in a helper’s name',
      bytes: makeEntry(scene, stranger, word, { author: helper.key }),
      refusal,
    },
    {
      title: 'a withdrawal in the asker’s name',
      bytes: makeEntry(
        scene,
        stranger,
        { kind: 'retract', target: scene.said },
        { author: asker.key },
      ),
      refusal,
    },
    { title: 'a signature with one bit changed', bytes: flipped, refusal },
    { title: 'words moved here from another conversation', bytes: moved, refusal },
    {
      title: 'words signed for another community',
      bytes: makeEntry(scene, asker, word, { community: OTHER_COMMUNITY }),
      refusal,
    },
    {
      title: 'a signature that nobody made',
      bytes: concatBytes(honest.slice(0, -SIGNATURE_LENGTH), NOBODYS_SIGNATURE),
      refusal,
    },
  ];
}

function thefts(scene: Scene): HostileEntry[] {
  const { asker, stranger } = scene;
  return [
    {
      title: 'a question that takes over the conversation',
      bytes: makeEntry(scene, stranger, question(scene)),
      refusal: 'unknown-conversation',
    },
    {
      title: 'a question with a salt of its own under this id',
      bytes: makeEntry(scene, asker, question(scene, new Uint8Array(16).fill(4))),
      refusal: 'unknown-conversation',
    },
    {
      title: 'a second question of the asker’s',
      bytes: makeEntry(scene, asker, question(scene)),
      refusal: 'forbidden',
    },
  ];
}

function trespasses(scene: Scene): HostileEntry[] {
  const { asker, helper, colleague, stranger, said } = scene;
  const refusal = 'forbidden';
  const by = (signer: Signer, title: string, content: Content): HostileEntry => ({
    title,
    bytes: makeEntry(scene, signer, content),
    refusal,
  });
  return [
    by(stranger, 'a visitor’s answer in a closed space', { kind: 'say', text: 'Me too' }),
    ...(['claim', 'release', 'close', 'reopen'] as const).map((kind) =>
      by(stranger, `a visitor’s ${kind}`, { kind }),
    ),
    by(asker, 'a claim by who asked', { kind: 'claim' }),
    by(colleague, 'a release of somebody else’s claim', { kind: 'release' }),
    by(stranger, 'a visitor’s withdrawal of another’s words', { kind: 'retract', target: said }),
    by(helper, 'a helper’s withdrawal of another’s words', { kind: 'retract', target: said }),
    by(asker, 'a withdrawal of the question', { kind: 'retract', target: scene.question }),
    by(asker, 'a withdrawal of somebody’s claim', { kind: 'retract', target: scene.claim }),
    by(stranger, 'a withdrawal of what nobody said', {
      kind: 'retract',
      target: 'AAAAAAAAAAAAAAAAAAAAAA' as EntryId,
    }),
    {
      ...by(stranger, 'a visitor’s answer dated years ahead', { kind: 'close' }),
      bytes: makeEntry(scene, stranger, { kind: 'close' }, { time: scene.now * 3 }),
    },
  ];
}

function grants(scene: Scene): HostileEntry[] {
  const { helper, stranger } = scene;
  const refusal = 'forbidden';
  const join = (signer: Signer, title: string, grant: Uint8Array): HostileEntry => ({
    title,
    bytes: makeEntry(scene, signer, { kind: 'join', grant }),
    refusal,
  });
  const expired = { expires: scene.now - 1 };
  return [
    join(stranger, 'a grant that its holder made', makeGrant(scene, stranger, stranger.key)),
    join(
      stranger,
      'an expired grant that its holder made',
      makeGrant(scene, stranger, stranger.key, expired),
    ),
    join(stranger, 'a grant of somebody else’s device', scene.grant),
    join(helper, 'a grant that has run out', scene.expiredGrant),
    join(
      helper,
      'a higher grant that a helper made',
      makeGrant(scene, helper, helper.key, { role: Role.manager }),
    ),
    join(
      helper,
      'a grant of the relay’s own role',
      makeGrant(scene, helper, helper.key, { role: Role.relay }),
    ),
    join(helper, 'no grant at all', new Uint8Array(90)),
    join(helper, 'an empty grant', new Uint8Array()),
  ];
}

function relaysOwn(scene: Scene): HostileEntry[] {
  const { asker, helper, stranger, claim } = scene;
  const lapse: Content = { kind: 'lapse', claim };
  const merge: Content = { kind: 'merge', from: asker.member, to: stranger.member };
  return [asker, helper, stranger].flatMap((signer, index) => {
    const who = ['who asked', 'a helper', 'a visitor'][index]!;
    return [lapse, merge].flatMap((content): HostileEntry[] => [
      {
        title: `a ${content.kind} by ${who}`,
        bytes: makeEntry(scene, signer, content),
        refusal: 'forbidden',
      },
      {
        title: `a ${content.kind} by ${who} in the relay’s name`,
        bytes: makeEntry(scene, signer, content, { author: scene.communityKey }),
        refusal: 'forbidden',
      },
    ]);
  });
}

/** Who owns a conversation may ask in it: with such a key, anyone would. */
function keysOfSmallOrder(scene: Scene): HostileEntry[] {
  return smallOrderKeys.map((key, index) => {
    const nobody: Signer = { key, member: scene.stranger.member, sign: () => NOBODYS_SIGNATURE };
    const salt = new Uint8Array(16).fill(index);
    const conversation = conversationIdOf(key, salt, scene.community);
    const bytes = makeEntry(scene, nobody, question(scene, salt), { conversation });
    return { title: `a key of small order, ${index}`, bytes, refusal: 'bad-key' };
  });
}

function malformed(scene: Scene): HostileEntry[] {
  const { asker } = scene;
  const say = (text: string): Uint8Array => makeEntry(scene, asker, { kind: 'say', text });
  const plain = say('plain');
  const bent = (change: (unsigned: Uint8Array<ArrayBuffer>) => Uint8Array): Uint8Array =>
    changed(scene, asker, plain, change);
  const at = (index: number, ...values: readonly number[]): Uint8Array =>
    bent((unsigned) => {
      unsigned.set(values, index);
      return unsigned;
    });
  const salt = new Uint8Array(16).fill(9);
  const conversation = conversationIdOf(asker.key, salt, scene.community);
  const page = (url: string, title = ''): Uint8Array =>
    makeEntry(scene, asker, question(scene, salt, { page: { url, title } }), { conversation });
  const cases: readonly [title: string, bytes: Uint8Array, refusal: RefusalCode][] = [
    ['nothing', new Uint8Array(), 'malformed'],
    ['one byte', new Uint8Array([1]), 'malformed'],
    ['a header without a signature', plain.slice(0, 66), 'malformed'],
    ['a body that is cut', bent((unsigned) => unsigned.slice(0, -2)), 'malformed'],
    ['a text that says it is longer than all there is', at(66, 0xff), 'malformed'],
    ['a time that is no number', at(50, 0xff, 0xff, 0xff, 0xff), 'malformed'],
    ['a blank text', say(' \n\t '), 'malformed'],
    ['a page address that is a script', page('javascript:alert(1)'), 'malformed'],
    ['a page address with a script before', page(' javascript://http://x'), 'malformed'],
    ['a page title without end', page('', 't'.repeat(Limits.titleLength + 1)), 'too-long'],
    ['a text without end', say('x'.repeat(Limits.textLength + 1)), 'too-long'],
    ['more bytes than an entry has', say('x'.repeat(Limits.entryBytes)), 'too-long'],
    ['a version to come', at(0, 2), 'unknown-version'],
    ['a kind to come', at(1, 40), 'unknown-kind'],
    ['a kind of the relay’s to come', at(1, 200), 'unknown-kind'],
  ];
  return cases.map(([title, bytes, refusal]) => ({ title, bytes, refusal }));
}

/** Words that nobody may write, wherever an entry has words. Whoever reads a row of them shows it. */
export function unplainEntries(scene: Scene): HostileEntry[] {
  const { asker } = scene;
  const salt = new Uint8Array(16).fill(10);
  const conversation = conversationIdOf(asker.key, salt, scene.community);
  const ask = (more: object): Uint8Array =>
    makeEntry(scene, asker, question(scene, salt, more), { conversation });
  const page = (url: string, title = ''): Uint8Array => ask({ page: { url, title } });
  const foul: readonly [title: string, text: string][] = [
    ['control characters', 'a\u0000b\u001b[31m'],
    ['a control of the second set', 'a\u009b31mb'],
    ['words turned around', 'a\u202eb'],
    ['words set apart without end', 'a\u2067b'],
    ['another end of line', 'a\u2028b'],
    ['a noncharacter', 'a\uffffb'],
    ['a hidden text', `a${'\u{e0041}'.repeat(40)}`],
    ['a tower of marks', `a${'\u0336'.repeat(40)}`],
  ];
  const unseen = ['\u200b', '\u2800', '\u3164', '\u115f\u1160', '\u200c', '\u0301', '\ufffc'];
  const cases: readonly [title: string, bytes: Uint8Array][] = [
    ...foul.flatMap(([what, text]): [string, Uint8Array][] => [
      [`${what} in a message`, makeEntry(scene, asker, { kind: 'say', text })],
      [`${what} in a question`, ask({ text })],
      [`${what} in a page title`, page('', text)],
      [`${what} in a page address`, page(`https://brand.example/${text}`)],
    ]),
    ...unseen.map((text): [string, Uint8Array] => [
      `nothing to see in U+${text.codePointAt(0)!.toString(16)}`,
      makeEntry(scene, asker, { kind: 'say', text: ` ${text}\n` }),
    ]),
    ['a break in a page title', page('', 'a\nb')],
    ['an address that looks like another’s', page('https://brand.example@evil.example/')],
    ['an address with a space', page('https://brand.example/ x')],
    ['a language turned around', ask({ lang: 'f\u202er' })],
    ['a language that is none', ask({ lang: 'fr_FR' })],
  ];
  return cases.map(([title, bytes]) => ({ title, bytes, refusal: 'not-plain' }));
}
