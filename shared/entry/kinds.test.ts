/** The list of kinds: what PROTOCOL.md says of it, and what a new one takes. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { Role } from '../grant/roles.ts';
import type { EntryId, MemberId } from '../ids.ts';
import { bytesToText } from '../bytes.ts';
import type { Content } from './content.ts';
import { SpaceMode } from '../space-mode.ts';
import { type AnyKind, isRelaysOwn, isSilent, kindName } from './kinds.ts';
import { rules } from './rules.ts';
import { allKinds } from './kinds/all-kinds.ts';
import { EntryError } from './schema/entry-error.ts';
import {
  type Field,
  bytes16,
  entryId,
  hiddenQuestion,
  language,
  memberId,
  note,
  page,
  quoted,
  spaceId,
  u8,
  words,
} from './schema/field.ts';
import { KindRules } from './schema/kind-rules.ts';
import { KindTable } from './schema/kind-table.ts';
import { type KindDefinition, booksKind, roomKind } from './schema/kind.ts';
import type { Standing } from './schema/standing.ts';
import { writableFields } from './writable.ts';

const protocol = readFileSync(new URL('../protocol/PROTOCOL.md', import.meta.url), 'utf8');

/** The rows of the table whose header begins so, cells trimmed. */
function tableOf(header: string): string[][] {
  const [, after] = protocol.split(`\n${header}\n`);
  assert.ok(after, `no table ${header}`);
  const lines = after.split('\n').slice(1);
  const end = lines.findIndex((line) => !line.startsWith('|'));
  return lines.slice(0, end).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

/** Types in PROTOCOL.md's notation; what is left is a blob. */
const wireOf: ReadonlyMap<Field<unknown>, string> = new Map<Field<unknown>, string>([
  [words, 'text'],
  [note, 'text'],
  [u8, 'u8'],
  [language, 'text'],
  [spaceId, 'text'],
  [page, 'page'],
  [entryId, 'bytes[16]'],
  [memberId, 'bytes[16]'],
  [bytes16, 'bytes[16]'],
  [quoted, '[quoted]'],
  [hiddenQuestion, '[asked]'],
]);

function bodyOf({ fields }: AnyKind): string {
  return Object.entries<Field<unknown>>(fields)
    .map(([name, field]) => `${wireOf.get(field) ?? 'blob'} ${name}`)
    .join(' · ');
}

function cellOf(kind: KindDefinition, who: Partial<Standing> & Pick<Standing, 'role'>): string {
  const standing: Standing = { owner: false, own: false, mode: SpaceMode.closed, ...who };
  if (kind.may(standing)) return 'yes';
  if (kind.may({ ...standing, mode: SpaceMode.open })) return 'in an open space';
  const ways = kind.own && kind.may({ ...standing, own: true }) ? ['own'] : [];
  if (standing.role === Role.helper && kind.may({ ...standing, role: Role.manager }))
    ways.push('manager');
  return ways.join(', ');
}

describe('kinds', () => {
  it('say of every text of theirs what people may write in it', () => {
    for (const { name, fields } of allKinds)
      for (const [at, field] of Object.entries<Field<unknown>>(fields))
        if (/text|page/.test(wireOf.get(field) ?? '') && (field as unknown) !== spaceId)
          assert.ok(writableFields.has(field), `${name}.${at}`);
  });

  it('stand in PROTOCOL.md with number, name, place and body', () => {
    assert.deepEqual(
      tableOf('| kind | name | goes to | body |'),
      allKinds.map((kind) => [String(kind.code), `\`${kind.name}\``, kind.goesTo, bodyOf(kind)]),
    );
  });

  it('stand in PROTOCOL.md with who may', () => {
    assert.deepEqual(
      tableOf('| kind | asker | desk | another visitor | the relay |'),
      allKinds.map((kind) => [
        `\`${kind.name}\``,
        cellOf(kind, { role: Role.visitor, owner: true }),
        cellOf(kind, { role: Role.helper }),
        cellOf(kind, { role: Role.visitor }),
        isRelaysOwn(kind.code) ? cellOf(kind, { role: Role.relay }) : '',
      ]),
    );
  });

  it('have numbers of their own, in their range', () => {
    assert.equal(new Set(allKinds.map(({ code }) => code)).size, allKinds.length);
    assert.equal(new Set(allKinds.map(({ name }) => name)).size, allKinds.length);
    for (const { name, code, may } of allKinds) {
      assert.equal(kindName(code), name);
      const relay = { role: Role.relay, owner: false, own: false, mode: SpaceMode.closed } as const;
      assert.equal(may(relay), isRelaysOwn(code), `${name}: the relay's own, and nobody else's`);
    }
  });

  it('are refused by a full conversation, but for retract and close', () => {
    const target = bytesToText(new Uint8Array(16)) as EntryId;
    const open = { closed: false, has: () => true };
    assert.deepEqual(
      allKinds.filter((kind) => kind.evenWhenFull).map(({ name }) => name),
      ['retract', 'close'],
    );
    const isTaken = (content: Content, conversation = open): boolean =>
      rules.isTakenWhenFull(content, conversation);
    assert.ok(isTaken({ kind: 'retract', target }) && isTaken({ kind: 'close' }));
    // What changes nothing any more would fill it further, for ever.
    assert.ok(!isTaken({ kind: 'retract', target }, { ...open, has: () => false }));
    assert.ok(!isTaken({ kind: 'close' }, { ...open, closed: true }));
    assert.ok(!isTaken({ kind: 'reopen' }));
  });

  it('are about something of one’s own only where they say so', () => {
    const everything = { said: () => true, holds: () => true };
    const nobody = bytesToText(new Uint8Array(16)) as MemberId;
    const target = bytesToText(new Uint8Array(16)) as EntryId;
    const isOwn = (content: Content): boolean => rules.isOwn(content, nobody, everything);
    assert.deepEqual(
      [isOwn({ kind: 'retract', target }), isOwn({ kind: 'release' }), isOwn({ kind: 'close' })],
      [true, true, false],
    );
  });

  it('are silent from 32 to 63 and from 96 to 127', () => {
    const silent = Array.from({ length: 256 }, (_, code) => code).filter(isSilent);
    const range = (from: number): number[] => Array.from({ length: 32 }, (_, at) => from + at);
    assert.deepEqual(silent, [...range(32), ...range(96)]);
  });

  it('take one file and one line to add: read, written, judged and told like the rest', () => {
    const correct = roomKind({
      code: 9,
      name: 'correct',
      fields: { target: entryId, text: words },
      may: (who) => who.role >= Role.staff && who.role <= Role.manager,
      effect: ({ target }) => ({ withdraws: target }),
    });
    const nod = booksKind({ code: 60, name: 'nod', fields: { target: entryId }, may: () => true });
    const table = new KindTable([...allKinds, correct, nod]);
    const judged = new KindRules(table);
    const target = bytesToText(new Uint8Array(16).fill(5)) as EntryId;
    const content = { kind: 'correct', target, text: 'Rather so' } as const;
    assert.deepEqual(table.decode(9, table.encode(content)), content);
    assert.deepEqual(judged.effectOf(content), { withdraws: target });
    const staff: Standing = { role: Role.staff, owner: false, own: false, mode: SpaceMode.closed };
    assert.equal(judged.mayDo('correct', staff), true);
    assert.equal(judged.mayDo('correct', { ...staff, role: Role.visitor }), false);
    const nodded = { kind: 'nod', target } as const;
    assert.deepEqual(table.decode(60, table.encode(nodded)), nodded);
    assert.deepEqual(judged.effectOf(nodded), {}, 'books change no conversation');
    assert.throws(() => new KindTable(allKinds).decode(9, table.encode(content)), EntryError);
  });
});
