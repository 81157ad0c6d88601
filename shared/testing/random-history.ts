/** Conversations as chance would have them: restored rows, doubles, merges, kinds of later builds. */
import * as fc from 'fast-check';
import { bytesToText, concatBytes } from '../bytes.ts';
import { type EntryRow, RECEIPT_LENGTH } from '../conversation/row.ts';
import type { Content } from '../entry/content.ts';
import type { HiddenQuestion } from '../entry/schema/field.ts';
import { type Entry, decodeEntry, encodeUnsigned } from '../entry/entry.ts';
import { Role } from '../grant/roles.ts';
import { fingerprintOf } from '../hash.ts';
import type { ConversationId, DeviceKey, EntryId, MemberId } from '../ids.ts';
import { parseSpaceId } from '../ids.ts';
import { SpaceMode } from '../space-mode.ts';

export const community = fingerprintOf(new Uint8Array(32).fill(1));
export const conversation = bytesToText(new Uint8Array(16).fill(9)) as ConversationId;

const filled = (length: number, value: number): string =>
  bytesToText(new Uint8Array(length).fill(value));
export const deviceOf = (index: number): DeviceKey => filled(32, index) as DeviceKey;
export const memberOf = (index: number): MemberId => filled(16, 100 + index) as MemberId;

/** One act of a history, by numbers that chance draws. */
interface Act {
  readonly kind: Content['kind'] | 'newer';
  /** Device and member; they mostly go together. */
  readonly who: number;
  readonly member: number;
  readonly role: Role;
  readonly target: number;
  readonly back: number;
  readonly mode: SpaceMode;
}

const PEOPLE = 5;
const roles = [Role.visitor, Role.visitor, Role.visitor, Role.helper, Role.expert] as const;

const act: fc.Arbitrary<Act> = fc
  .record({
    kind: fc.oneof(
      { weight: 8, arbitrary: fc.constant('say' as const) },
      {
        weight: 5,
        arbitrary: fc.constantFrom(...(['ask', 'release', 'close', 'reopen'] as const)),
      },
      { weight: 6, arbitrary: fc.constantFrom(...(['claim', 'lapse', 'merge'] as const)) },
      { weight: 3, arbitrary: fc.constant('retract' as const) },
      {
        weight: 5,
        arbitrary: fc.constantFrom('hide' as const, 'hide' as const, 'unhide' as const),
      },
      { weight: 1, arbitrary: fc.constantFrom('newer' as const, 'join' as const) },
    ),
    who: fc.nat(PEOPLE - 1),
    moved: fc.nat(9),
    member: fc.nat(PEOPLE - 1),
    target: fc.nat(40),
    back: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.nat(8)),
    mode: fc.constantFrom(SpaceMode.closed, SpaceMode.open),
  })
  .map(({ moved, member, ...rest }) => ({
    ...rest,
    member: moved === 0 ? member : rest.who,
    role: roles[moved === 1 ? (rest.who + 1) % PEOPLE : rest.who]!,
  }));

/** What is left of a question when chance hides it. */
const question: HiddenQuestion = {
  device: deviceOf(0),
  member: memberOf(0),
  role: Role.visitor,
  mode: SpaceMode.open,
  received: 1_004,
  time: 1_000,
  space: parseSpaceId('demo'),
  lang: 'fr',
};

function contentOf(
  { kind, who, target }: Act,
  ids: readonly EntryId[],
  claims: readonly EntryId[],
  text: string,
): Content {
  const one = (some: readonly EntryId[]): EntryId =>
    some[target % Math.max(1, some.length)] ?? (filled(16, 1) as EntryId);
  switch (kind) {
    case 'ask':
      return {
        kind,
        salt: new Uint8Array(16),
        space: parseSpaceId('demo'),
        text,
        page: { url: 'https://shop.example/', title: 'Shop' },
        lang: 'fr',
      };
    case 'newer':
    case 'say':
      return { kind: 'say', text };
    case 'retract':
      return { kind, target: one(ids) };
    case 'lapse':
      return { kind, claim: one(target % 5 === 0 ? ids : claims) };
    case 'merge':
      return { kind, from: memberOf(target % PEOPLE), to: memberOf(who) };
    case 'join':
      return { kind, grant: new Uint8Array(3) };
    case 'hide':
      return {
        kind,
        target: one(ids),
        cause: 1 + (target % 4),
        ...(target % 3 > 0 && { question }),
      };
    case 'unhide':
      return { kind, target: one(ids) };
    case 'report':
      return { kind, target: one(ids), reason: 7, text: '' };
    default:
      return { kind };
  }
}

/** Not signed: whoever reads rows does not look. */
function entryOf(content: Content, author: DeviceKey, index: number, kind?: number): Entry {
  const unsigned = encodeUnsigned({
    conversation,
    author,
    time: 1_000 + index * 10,
    content,
    nonce: new Uint8Array(8).fill(index),
  });
  if (kind !== undefined) unsigned[1] = kind;
  return decodeEntry(concatBytes(unsigned, new Uint8Array(64)), community);
}

function rowsOf(acts: readonly Act[]): EntryRow[] {
  const ids: EntryId[] = [];
  const claims: EntryId[] = [];
  const rows: EntryRow[] = [];
  acts.forEach((one, seq) => {
    const content = contentOf(
      one,
      ids,
      claims,
      one.target === 0 ? 'long '.repeat(80) : `word ${seq}`,
    );
    const entry = entryOf(
      content,
      deviceOf(one.who),
      seq,
      one.kind === 'newer' ? 30 + one.back : undefined,
    );
    ids.push(entry.id);
    if (one.kind === 'claim') claims.push(entry.id);
    const double = one.target === 40 ? rows[one.back] : undefined;
    // As the relay numbers it: where its target was.
    const hidden =
      content.kind === 'hide' && one.who > 0 ? rows[ids.indexOf(content.target)] : null;
    rows.push({
      type: 'entry',
      seq,
      place: hidden?.place ?? Math.max(0, seq - one.back),
      received: 1_004 + (seq - one.back) * 10,
      verdict: { member: memberOf(one.member), role: one.role, mode: one.mode },
      receipt: new Uint8Array(RECEIPT_LENGTH),
      entry: double ? double.entry : entry.bytes,
    });
  });
  return rows;
}

/** The rows of a conversation, most of which begin with a question. */
export const histories: fc.Arbitrary<EntryRow[]> = fc
  .tuple(fc.array(act, { maxLength: 40, size: 'max' }), fc.nat(9))
  .map(([acts, first]) =>
    rowsOf(
      acts.map((one, index) =>
        index === first % 4 && first > 0
          ? { ...one, kind: 'ask' as const, who: 0, member: 0, role: Role.visitor }
          : one,
      ),
    ),
  );
