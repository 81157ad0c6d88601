/** A device's reading of a conversation, as its room changes under it. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bytesToText, concatBytes } from '../bytes.ts';
import type { Content } from '../entry/content.ts';
import { conversationIdOf } from '../entry/conversation-id.ts';
import { type Entry, decodeEntry, encodeUnsigned } from '../entry/entry.ts';
import { Role } from '../grant/roles.ts';
import { fingerprintOf, ownMemberOf } from '../hash.ts';
import { type DeviceKey, type EntryId, parseSpaceId } from '../ids.ts';
import { Limits } from '../limits.ts';
import { SpaceMode } from '../space-mode.ts';
import { ConversationReader } from './conversation-reader.ts';
import type { EntryRow } from './row.ts';
import type { ConversationView } from './view.ts';

const community = fingerprintOf(new Uint8Array(32).fill(1));
const person = (fill: number): { device: DeviceKey; member: ReturnType<typeof ownMemberOf> } => {
  const device = bytesToText(new Uint8Array(32).fill(fill)) as DeviceKey;
  return { device, member: ownMemberOf(device) };
};
const [asker, ana, ben] = [person(2), person(3), person(4)];
const salt = new Uint8Array(16).fill(8);
const conversation = conversationIdOf(asker.device, salt, community);

let count = 0;
const entry = ({ device }: typeof asker, content: Content): Entry => {
  const time = 1_000 + count++;
  const nonce = new Uint8Array(8).fill(count);
  const unsigned = encodeUnsigned({ conversation, author: device, time, content, nonce });
  return decodeEntry(concatBytes(unsigned, new Uint8Array(64)), community);
};
const row = (
  { member }: typeof asker,
  of: Pick<Entry, 'bytes'>,
  seq: number,
  role: Role = Role.visitor,
): EntryRow => ({
  type: 'entry',
  seq,
  place: seq,
  received: 5_000 + seq,
  verdict: { member, role, mode: SpaceMode.open },
  receipt: new Uint8Array(16),
  entry: of.bytes,
});
const page = { url: '', title: '' };
const ask = row(
  asker,
  entry(asker, { kind: 'ask', salt, space: parseSpaceId('demo'), text: 'Why?', page, lang: 'en' }),
  0,
);
const say = (who: typeof asker, text: string): Entry => entry(who, { kind: 'say', text });

function reading(): {
  reader: ConversationReader;
  after(rows: readonly EntryRow[], overlay?: readonly Entry[]): ConversationView;
} {
  const reader = new ConversationReader(conversation, community);
  return {
    reader,
    after(rows, overlay = []) {
      reader.read(rows);
      return reader.view(overlay, { now: 9_000, grants: new Map(), mode: SpaceMode.open });
    },
  };
}

const toldOf = { hidden: 'hidden', unreadable: '?' } as const;

const told = ({ timeline }: ConversationView): string[] =>
  timeline.map((item) =>
    item.type === 'message' ? item.text : item.type === 'note' ? item.note : toldOf[item.type],
  );

describe('conversation reader', () => {
  it('lays the overlay on top for one view, and leaves nothing of it', () => {
    const { reader, after } = reading();
    const rows = [ask, row(ana, say(ana, 'Because'), 1)];
    const before = after(rows);
    const mine = say(ben, 'Me too');
    const close = entry(asker, { kind: 'close' });
    const overlay = [mine, close];
    for (const times of ['once', 'twice']) {
      const with_ = after(rows, overlay);
      assert.deepEqual(told(with_), ['Why?', 'Because', 'Me too', 'closed'], times);
      assert.deepEqual([with_.closed, with_.answerers.length], [true, 2]);
    }
    assert.deepEqual(after(rows), before);
    assert.equal(reader.state.fact(mine.id), undefined);
    const numbered = after([...rows, row(ben, mine, 2)], overlay);
    assert.deepEqual(told(numbered), ['Why?', 'Because', 'Me too', 'closed']);
    assert.deepEqual(
      numbered.timeline.map((item) => item.type !== 'unreadable' && item.seq),
      [0, 1, 2, null],
    );
  });

  it('takes a message back at once, and lets it back when the retraction is gone', () => {
    const { after } = reading();
    const oops = say(ben, 'Oops');
    const rows = [ask, row(ben, oops, 1)];
    const retract = entry(ben, { kind: 'retract', target: oops.id });
    const without = after(rows, [retract]);
    assert.deepEqual([told(without), without.answerers], [['Why?', 'retracted'], []]);
    assert.deepEqual(told(after(rows)), ['Why?', 'Oops']);
  });

  it('tells what a message answers, and of that whether it was withdrawn', () => {
    const { after } = reading();
    const oops = say(ben, 'Oops');
    const reply = entry(ana, { kind: 'say', text: 'No', quotes: oops.id });
    const retract = entry(ben, { kind: 'retract', target: oops.id });
    const rows = [ask, row(ben, oops, 1), row(ana, reply, 2)];
    const seen = (view: ConversationView): unknown[] => [
      view.timeline.flatMap((item) => (item.type === 'message' ? [item.quotes] : [])),
      [...view.withdrawn],
    ];
    assert.deepEqual(seen(after(rows)), [[null, null, oops.id], []]);
    assert.deepEqual(seen(after(rows, [retract])), [[null, oops.id], [oops.id]], 'not sent yet');
    assert.deepEqual(
      seen(after([ask, row(ana, reply, 2), row(ben, retract, 3)])),
      [[null, oops.id], [oops.id]],
      'its row is erased',
    );
    const elsewhere = entry(ben, { kind: 'say', text: 'And?', quotes: conversation as never });
    assert.deepEqual(seen(after([ask], [elsewhere])), [[null, conversation], []]);
  });

  it('shows that a message is hidden where it was, and it again in its place', () => {
    const { after } = reading();
    const said = say(ana, 'Mean words');
    const reply = row(ben, entry(ben, { kind: 'say', text: 'No', quotes: said.id }), 2);
    const shown = row(ana, said, 1);
    const relay = person(9);
    const by = (content: Content, seq: number, place = seq): EntryRow => ({
      ...row(relay, entry(relay, content), seq, Role.relay),
      place,
    });
    const hide = by({ kind: 'hide', target: said.id, cause: 3 }, 3, 1);
    const hidden = after([ask, reply, hide]);
    assert.deepEqual(told(hidden), ['Why?', 'hidden', 'No']);
    const [, item] = hidden.timeline;
    assert.ok(item?.type === 'hidden');
    assert.deepEqual([item.id, item.cause, item.seq], [said.id, 3, 3]);
    assert.ok(hidden.withdrawn.has(said.id));
    assert.deepEqual(
      hidden.answerers.map(({ member }) => member),
      [ben.member],
    );
    // Whatever a stale device still holds, or carries.
    assert.deepEqual(told(after([ask, shown, reply, hide])), ['Why?', 'hidden', 'No']);
    assert.deepEqual(told(after([ask, reply, hide], [said])), ['Why?', 'hidden', 'No']);
    const back = by({ kind: 'unhide', target: said.id }, 4);
    const again = { ...shown, seq: 5 };
    const unhidden = after([ask, reply, hide, back, again]);
    assert.deepEqual(told(unhidden), ['Why?', 'Mean words', 'No']);
    assert.equal(unhidden.withdrawn.size, 0);
    const twice = by({ kind: 'hide', target: said.id, cause: 1 }, 6, 1);
    assert.deepEqual(told(after([ask, reply, hide, back, twice])), ['Why?', 'hidden', 'No']);
    const retract = row(ana, entry(ana, { kind: 'retract', target: said.id }), 7);
    const gone = after([ask, reply, hide, back, twice, retract]);
    assert.deepEqual(told(gone), ['Why?', 'No', 'retracted']);
  });

  it('keeps whose a hidden question is, and where', () => {
    const { after } = reading();
    const { received, verdict } = ask;
    const question = {
      ...asker,
      ...verdict,
      received,
      time: 1_000,
      space: parseSpaceId('demo'),
      lang: 'en',
    };
    const content = {
      kind: 'hide',
      target: after([ask]).timeline[0]!.id as EntryId,
      cause: 1,
    } as const;
    const relay = person(9);
    const hide = { ...row(relay, entry(relay, { ...content, question }), 2, Role.relay), place: 0 };
    const view = after([row(ana, say(ana, 'Hm'), 1), hide]);
    assert.deepEqual(told(view), ['hidden', 'Hm']);
    assert.deepEqual([view.space, view.lang, view.public], ['demo', 'en', true]);
    assert.deepEqual(view.asker, { ...asker, role: Role.visitor });
    assert.deepEqual(view.page, page);
  });

  it('hides at once what a guardian reports here, and nothing else that is reported', () => {
    const { reader } = reading();
    const said = say(ana, 'Mean words');
    const rows = [ask, row(ana, said, 1), row(ben, say(ben, 'Kind words'), 2)];
    reader.read(rows);
    const report = entry(ben, { kind: 'report', target: said.id, reason: 1, text: '' });
    const toldTo = (role: Role): string[] => {
      const grant = {
        device: ben.device,
        member: ben.member,
        role,
        name: 'Ben',
        issued: 0,
        expires: 1e9,
        spaces: [],
      };
      const grants = new Map([[ben.device, grant as never]]);
      return told(reader.view([report], { now: 9_000, grants, mode: SpaceMode.open }));
    };
    assert.deepEqual(toldTo(Role.guardian), ['Why?', 'hidden', 'Kind words']);
    assert.deepEqual(toldTo(Role.helper), ['Why?', 'Mean words', 'Kind words']);
    assert.equal(reader.state.hiddenBy(said.id), undefined);
  });

  it('names whoever turned out to be somebody else anew, and shows the rest as it was', () => {
    const { after } = reading();
    const rows = [ask, row(ana, say(ana, 'One'), 1), row(ben, say(ben, 'Two'), 2)];
    const before = after(rows);
    const merge = entry(asker, { kind: 'merge', from: ana.member, to: asker.member });
    const later = after([...rows, row(asker, merge, 3, Role.relay)]);
    const author = later.timeline[1];
    assert.equal(author?.type === 'message' && author.author.member, asker.member);
    assert.equal(later.timeline[2], before.timeline[2]);
    assert.deepEqual(
      later.answerers.map(({ member }) => member),
      [ben.member],
      'an asker is no answerer',
    );
  });

  it('drops rows that are gone, wherever they stood', () => {
    const { after } = reading();
    const rows = [ask, ...[1, 2, 3].map((seq) => row(ana, say(ana, `Word ${seq}`), seq))];
    assert.equal(after(rows).count, 4);
    assert.deepEqual(told(after(rows.toSpliced(2, 1))), ['Why?', 'Word 1', 'Word 3']);
    assert.deepEqual(told(after(rows.slice(1))), ['Word 1', 'Word 2', 'Word 3']);
    assert.deepEqual(told(after(rows)), ['Why?', 'Word 1', 'Word 2', 'Word 3']);
    assert.deepEqual(told(after([])), []);
  });

  it('is full by the rows ever numbered, as the relay counts', () => {
    const { after } = reading();
    const last = row(asker, say(asker, 'Last'), Limits.conversationEntries - 1);
    assert.equal(after([ask, { ...last, seq: last.seq - 1 }]).full, false);
    assert.equal(after([ask, last]).full, true);
  });

  it('is full once another long entry might be too much for the relay', () => {
    const { after } = reading();
    const said = row(ana, say(ana, 'One'), 1);
    const taking = (bytes: number) => ({ ...said, entry: new Uint8Array(bytes) });
    const room = Limits.conversationBytes - Limits.entryBytes;
    assert.equal(after([ask, taking(room - 1_000)]).full, false);
    assert.equal(after([ask, taking(room)]).full, true);
  });

  it('tells both of a claim that came second, but nobody of their own twice', () => {
    const { after } = reading();
    const rows = [ask, row(ana, entry(ana, { kind: 'claim' }), 1, Role.helper)];
    const helper = { role: Role.helper, name: '', spaces: [], issued: 0, expires: 99_000 };
    const viewWith = (who: typeof ana): ConversationView => {
      const { reader } = reading();
      reader.read(rows);
      const grants = new Map([[who.device, { ...helper, ...who }]]);
      const claim = entry(who, { kind: 'claim' });
      return reader.view([claim], { now: 9_000, grants, mode: SpaceMode.open });
    };
    assert.equal(viewWith(ben).contested?.author.member, ben.member);
    assert.equal(viewWith(ben).claim?.author.member, ana.member);
    assert.equal(viewWith(ana).contested, null);
    assert.deepEqual(told(after(rows)), ['Why?', 'claimed']);
  });

  it('says nothing of the end of a claim that it does not know', () => {
    const { after } = reading();
    const claim = bytesToText(new Uint8Array(16)) as EntryId;
    const lapse = row(ana, entry(ana, { kind: 'lapse', claim }), 1, Role.relay);
    assert.deepEqual(told(after([ask, lapse])), ['Why?']);
  });

  it('asks for an update for another version, whatever its kind would be', () => {
    const { after } = reading();
    const bytes = say(asker, 'Later').bytes.slice();
    bytes.set([2, 40]);
    assert.deepEqual(told(after([ask, row(asker, { bytes }, 1)])), ['Why?', '?']);
  });

  it('remembers of a long text its beginning alone, and shows all of it', () => {
    const { reader, after } = reading();
    const text = 'é'.repeat(3_000);
    const view = after([ask, row(ana, say(ana, text), 1)]);
    assert.deepEqual([told(view)[1], reader.state.last.text], [text, 'é'.repeat(200)]);
  });
});
