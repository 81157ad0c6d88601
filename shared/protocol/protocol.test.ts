/** The wire there and back: frames, control, channel messages, outcomes, rows, grants, digests, rooms. */
import assert from 'node:assert/strict';
import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import * as decoding from 'lib0/decoding';
import { bytesToText, concatBytes, textToBytes } from '../bytes.ts';
import { rowIdOf } from '../conversation/read-row.ts';
import { type EntryRow, type RecordRow, decodeRow, encodeRow } from '../conversation/row.ts';
import {
  type Grant,
  decodeGrant,
  encodeGrant,
  grantHolds,
  grantSignedBytes,
  verifyGrant,
} from '../grant/grant.ts';
import { Role } from '../grant/roles.ts';
import { fingerprintOf } from '../hash.ts';
import {
  type DecisionId,
  type DeviceKey,
  type EntryId,
  type MemberId,
  parseSpaceId,
} from '../ids.ts';
import { Limits } from '../limits.ts';
import {
  type ChannelMessage,
  ChannelType,
  OWN_CHANNEL_TYPES,
  encodeChannelMessage,
  readChannelMessage,
} from './channel.ts';
import { isFinal } from './close-codes.ts';
import { type AnyMessage, decodeControl, deviceTypes, encodeControl } from './control-codec.ts';
import {
  DECISIONS,
  type Decision,
  type SaidByRelay,
  decodeDecisionFromRelay,
  isDecisionMessage,
} from './decision-messages.ts';
import { decodeDeviceMessage } from './device-messages.ts';
import { digestOf, sameRows } from './digest.ts';
import { type Frame, decodeFrame, encodeFrame } from './frame.ts';
import { LaterWhy, REFUSALS } from './outcome.ts';
import { decodeRelayMessage } from './relay-messages.ts';
import { type RoomName, parseRoom, writerOf } from './rooms.ts';
import { PROTOCOL_VERSION, saidTo } from './since.ts';

const sized = (length: number, fill: number): Uint8Array => new Uint8Array(length).fill(fill);
const device = bytesToText(sized(32, 3)) as DeviceKey;
const member = bytesToText(sized(16, 4)) as MemberId;
const entry = bytesToText(sized(16, 5)) as EntryId;
const plain = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_, held: unknown) => (held instanceof Uint8Array ? [...held] : held)),
  );

const reference = bytesToText(sized(16, 6)) as DecisionId;
const decision: Decision = {
  id: entry,
  what: 'held',
  code: 'insult',
  reason: '',
  until: 0,
  automatic: true,
  reference,
};

const controls: AnyMessage[] = [
  {
    type: 'challenge',
    protocol: 1,
    minProtocol: 1,
    relayKey: sized(32, 1),
    nonce: sized(32, 2),
    time: 3,
  },
  {
    type: 'hello',
    protocol: 1,
    device,
    nonce: sized(32, 2),
    host: 'h:1',
    token: 't',
    signature: sized(64, 9),
  },
  {
    type: 'welcome',
    blockedUntil: 7,
    identity: 'expired',
    member,
    grant: sized(9, 9),
    time: 2 ** 42,
    signature: sized(64, 9),
  },
  { type: 'submit', entries: [sized(3, 1), sized(0, 0)] },
  {
    type: 'answer',
    answers: [
      { id: entry, outcome: { type: 'durable', seq: 300 } },
      { id: entry, outcome: { type: 'duplicate', seq: 0 } },
      { id: entry, outcome: { type: 'held' } },
      { id: entry, outcome: { type: 'taken' } },
      { id: entry, outcome: { type: 'later', afterMs: 2_000 } },
      { id: entry, outcome: { type: 'later', afterMs: 2_000, why: LaterWhy.place } },
      { id: entry, outcome: { type: 'refused', code: 'forbidden' } },
      { id: entry, outcome: { type: 'claimed', by: member } },
    ],
  },
  { type: 'keepalive', time: 1 },
  { type: 'linkWanted', label: 'Chrome, Android' },
  { type: 'linkCode', code: 'ABCD234567', expires: 2 ** 41 },
  { type: 'link', code: 'ABCD234567', label: '' },
  { type: 'linked', outcome: 'later' },
  { type: 'removeDevice', device },
  { type: 'attributes', json: '{"segment":"gold"}' },
  { type: 'ping' },
  { type: 'available', available: true },
  { type: 'put', records: [{ key: 'canned/a', value: '"é"', time: 7 }] },
  { type: 'offer', rows: [sized(3, 1)] },
  { type: 'tokenWanted', room: 'space/demo' },
  { type: 'token', room: 'space/demo', token: 'x' },
  { type: 'erased', ids: [entry, entry] },
  {
    type: 'decision',
    decisions: [
      decision,
      { ...decision, id: null, what: 'blocked', until: 2 ** 42, reason: 'é'.repeat(500) },
    ],
  },
  { type: 'decisionSeen', references: [reference] },
  { type: 'appeal', reference, text: 'Was it that bad?' },
  { type: 'appealed', reference },
];
const frames: Frame[] = [
  { op: 'open', channel: 300, room: 'space/demo', generation: 2 },
  { op: 'data', channel: 0, data: sized(3, 1) },
  { op: 'close', channel: 1, code: 4404, reason: 'none' },
];
const messages: ChannelMessage[] = [
  { type: 'digest', digest: { rev: 5, count: 2, xor: sized(16, 7) } },
  { type: 'typing', member, typing: true },
  { type: 'read', side: 'desk', seq: 9 },
  { type: 'asker', here: false, seen: 77 },
];

describe('the wire', () => {
  for (const control of controls) {
    it(`carries ${control.type}`, () =>
      assert.deepEqual(plain(decodeControl(encodeControl(control))), plain(control)));
  }
  it('carries frames and channel messages', () => {
    for (const frame of frames)
      assert.deepEqual(plain(decodeFrame(encodeFrame(frame))), plain(frame));
    for (const message of messages) {
      const decoder = decoding.createDecoder(encodeChannelMessage(message));
      assert.deepEqual(
        plain(readChannelMessage(decoding.readVarUint(decoder), decoder)),
        plain(message),
      );
    }
  });

  it('refuses bytes cut short, and lists that lie', () => {
    for (const control of controls) {
      const bytes = encodeControl(control);
      if (control.type === 'available' || control.type === 'keepalive') continue;
      assert.throws(() => decodeControl(bytes.subarray(0, bytes.length - 1)), control.type);
    }
    assert.throws(() => decodeControl(new Uint8Array([3, 0xff, 0xff, 0x7f])), /items/);
    assert.throws(() => decodeFrame(new Uint8Array([1, 9])), RangeError);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        for (const read of [decodeControl, decodeFrame, decodeGrant]) {
          try {
            read(bytes);
          } catch (error) {
            assert.ok(error instanceof Error);
          }
        }
        decodeRow(bytes);
      }),
      { numRuns: 2_000 },
    );
  });

  it('passes over messages, fields and outcomes of a later protocol', () => {
    for (const decode of [decodeControl, decodeDeviceMessage, decodeRelayMessage]) {
      assert.equal(decode(new Uint8Array([99])), null);
      assert.equal(decode(new Uint8Array([200, 1, 2, 3])), null);
    }
    for (let type = OWN_CHANNEL_TYPES.first; type <= OWN_CHANNEL_TYPES.last; type++) {
      const known = Object.values<number>(ChannelType).includes(type);
      const read = (): unknown => readChannelMessage(type, decoding.createDecoder(sized(40, 0)));
      if (!known) assert.equal(read(), null);
    }
    for (const control of controls) {
      const longer = concatBytes(encodeControl(control), sized(5, 7));
      assert.deepEqual(plain(decodeControl(longer)), plain(control), control.type);
    }
    const known = { id: entry, outcome: { type: 'durable', seq: 3 } } as const;
    const bytes = encodeControl({ type: 'answer', answers: [known, known] });
    // Type, count, id: then the first outcome's type. Its fields follow with their length.
    bytes[2 + 16] = 77;
    assert.deepEqual(decodeControl(bytes), {
      type: 'answer',
      answers: [
        { id: entry, outcome: { type: 'later', afterMs: 60_000, why: LaterWhy.unsaid } },
        known,
      ],
    });
  });

  it('names every refusal in PROTOCOL.md, and every cause that a person reads of in docs/words.md', () => {
    const textOf = (path: string): string =>
      readFileSync(new URL(path, import.meta.url), 'utf8').replace(/ +/g, ' ');
    const protocol = textOf('PROTOCOL.md');
    const words = textOf('../../docs/words.md');
    for (const code of REFUSALS) {
      assert.match(protocol, new RegExp(`^\\|.*\`${code}\`.*\\|`, 'm'), code);
      assert.ok(words.includes(`| refused \`${code}\` |`), code);
    }
    for (const why of Object.keys(LaterWhy)) assert.ok(words.includes(`| later \`${why}\` |`), why);
  });

  it('says nothing newer than the protocol of a device', () => {
    const answer = { type: 'answer', answers: [{ id: entry, outcome: { type: 'held' } }] } as const;
    assert.deepEqual(saidTo(1, answer), answer);
    assert.equal(saidTo(0, answer), null);
    const taken = { type: 'answer', answers: [{ id: entry, outcome: { type: 'taken' } }] } as const;
    const later = { type: 'later', afterMs: 60_000, why: LaterWhy.unsaid };
    assert.deepEqual(saidTo(1, taken), { ...taken, answers: [{ id: entry, outcome: later }] });
    assert.deepEqual(saidTo(2, taken), taken);
    for (const control of controls) {
      if (control.type in deviceTypes) continue;
      const said = control as SaidByRelay;
      assert.deepEqual(saidTo(PROTOCOL_VERSION, said), said, control.type);
      assert.equal(saidTo(1, said) === null, isDecisionMessage(said), control.type);
    }
  });

  it('says what was decided in no more than so many words, and reads what a later relay decides', () => {
    for (const what of DECISIONS) {
      const message = { type: 'decision', decisions: [{ ...decision, what }] } as const;
      assert.deepEqual(decodeDecisionFromRelay(encodeControl(message)), message, what);
    }
    const bytes = encodeControl({ type: 'decision', decisions: [decision] });
    bytes[2 + 16] = 99; // after type, count and id
    assert.deepEqual(decodeDecisionFromRelay(bytes), {
      type: 'decision',
      decisions: [{ ...decision, what: 'unknown' }],
    });
    const long = 'x'.repeat(Limits.reasonLength + 1);
    const code = 'x'.repeat(Limits.codeLength + 1);
    for (const message of [
      { type: 'appeal', reference, text: long },
      { type: 'decision', decisions: [{ ...decision, reason: long }] },
      { type: 'decision', decisions: [{ ...decision, code }] },
    ] as const)
      assert.throws(() => decodeControl(encodeControl(message)), RangeError);
  });

  it('knows final close codes', () => {
    assert.deepEqual([4400, 4426, 4499, 4500, 4508, 1001].map(isFinal), [
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});

describe('rows and digests', () => {
  const entryRow: EntryRow = {
    type: 'entry',
    seq: 200,
    place: 3,
    received: 2 ** 41,
    receipt: sized(16, 1),
    entry: sized(140, 2),
    verdict: { member, role: Role.staff, mode: 1 },
  };
  const record: RecordRow = {
    type: 'record',
    seq: 1,
    received: 5,
    key: 'roster',
    value: '{"é":1}',
  };

  it('come back as they were', () => {
    for (const row of [entryRow, record])
      assert.deepEqual(plain(decodeRow(encodeRow(row))), plain(row));
  });

  it('say when they cannot be read', () => {
    assert.deepEqual(decodeRow(new Uint8Array([9, 1, 1])), { type: 'unreadable' });
    assert.deepEqual(decodeRow(new Uint8Array()), { type: 'unreadable' });
  });

  it('agree on the same rows in any order, and on nothing else', () => {
    const community = fingerprintOf(sized(32, 1));
    const ids = [entryRow, record].map((row) => rowIdOf(encodeRow(row), community));
    assert.ok(sameRows(digestOf(ids), digestOf(ids.toReversed())));
    assert.equal(sameRows(digestOf(ids), digestOf(ids.slice(1))), false);
    assert.equal(sameRows(digestOf(ids), digestOf([ids[0]!, ids[0]!])), false);
  });

  it('give each room and generation a writer of its own', () => {
    const room = 'space/demo' as RoomName;
    assert.equal(writerOf(room, 1), writerOf(room, 1));
    assert.notEqual(writerOf(room, 1), writerOf(room, 2));
    for (const name of [
      '',
      'demo',
      'space/',
      'space/A',
      'conversation/x',
      'office/demo',
      '__proto__/x',
    ]) {
      assert.throws(() => parseRoom(name), RangeError, name);
    }
  });
});

describe('grant', () => {
  const keys = generateKeyPairSync('ed25519');
  const key = textToBytes(String(keys.publicKey.export({ format: 'jwk' }).x), 32);
  const community = fingerprintOf(key);
  const grant: Grant = {
    device,
    member,
    role: Role.helper,
    name: 'Ana',
    spaces: [parseSpaceId('demo')],
    issued: 1,
    expires: 100,
  };
  const unsigned = encodeGrant(grant);
  const bytes = concatBytes(
    unsigned,
    new Uint8Array(sign(null, grantSignedBytes(unsigned, community), keys.privateKey)),
  );
  const check = (_: Uint8Array, signature: Uint8Array, message: Uint8Array): boolean =>
    verify(null, message, keys.publicKey, signature);

  it('is what the community signed, and nothing else', async () => {
    assert.deepEqual(plain(decodeGrant(bytes)), plain({ ...grant, bytes }));
    assert.equal(await verifyGrant(bytes, community, key, check), true);
    for (const at of [0, 20, 48, 50, bytes.length - 1]) {
      const changed = bytes.slice();
      changed[at]! ^= 1;
      assert.equal(await verifyGrant(changed, community, key, check), false, `byte ${at}`);
    }
    assert.equal(await verifyGrant(bytes, fingerprintOf(sized(32, 8)), key, check), false);
  });

  it('holds for its device, in its spaces, until it expires', () => {
    const demo = parseSpaceId('demo');
    assert.equal(grantHolds(grant, device, demo, 99), true);
    assert.equal(grantHolds(grant, device, demo, 100), false);
    assert.equal(grantHolds(grant, device, parseSpaceId('other'), 99), false);
    assert.equal(grantHolds({ ...grant, spaces: [] }, device, parseSpaceId('other'), 99), true);
    assert.equal(grantHolds(grant, bytesToText(sized(32, 6)) as DeviceKey, demo, 99), false);
  });
});
