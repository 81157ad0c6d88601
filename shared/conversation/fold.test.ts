/** fold: order, claims, permissions of what is not numbered, unknown kinds, doubles. */
import assert from 'node:assert/strict';
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { describe, it } from 'node:test';
import { concatBytes } from '../bytes.ts';
import type { Content } from '../entry/content.ts';
import { conversationIdOf } from '../entry/conversation-id.ts';
import type { Entry } from '../entry/entry.ts';
import { signEntry } from '../entry/sign-entry.ts';
import type { Grant } from '../grant/grant.ts';
import { Role } from '../grant/roles.ts';
import { fingerprintOf, ownMemberOf } from '../hash.ts';
import { type ConversationId, type DeviceKey, parseSpaceId } from '../ids.ts';
import { type FoldContext, fold } from './fold.ts';
import { SpaceMode } from '../space-mode.ts';
import type { EntryRow, Row } from './row.ts';

const community = fingerprintOf(new Uint8Array(32).fill(1));
const demo = parseSpaceId('demo');
const salt = new Uint8Array(16).fill(8);

class Somebody {
  readonly #keys = generateKeyPairSync('ed25519');
  readonly key = this.#keys.publicKey.export({ format: 'jwk' }).x as DeviceKey;
  readonly member = ownMemberOf(this.key);
  does(content: Content, time: number, conversation: ConversationId = id): Promise<Entry> {
    const draft = {
      conversation,
      author: this.key,
      time,
      content,
      nonce: new Uint8Array(randomBytes(8)),
    };
    return signEntry(
      draft,
      community,
      (message) => new Uint8Array(sign(null, message, this.#keys.privateKey)),
    );
  }
  grant(expires = 10_000): Grant {
    return {
      device: this.key,
      member: this.member,
      role: Role.helper,
      name: 'A',
      spaces: [],
      issued: 0,
      expires,
    };
  }
}

const asker = new Somebody();
const ana = new Somebody();
const ben = new Somebody();
const id = conversationIdOf(asker.key, salt, community);
const ask = await asker.does(
  { kind: 'ask', salt, space: demo, text: 'Why?', page: { url: '', title: '' }, lang: 'en' },
  100,
);

const context = (more: Partial<FoldContext> = {}): FoldContext => ({
  conversation: id,
  community,
  now: 5_000,
  grants: new Map([
    [ana.key, ana.grant()],
    [ben.key, ben.grant()],
  ]),
  mode: SpaceMode.closed,
  ...more,
});

function row(entry: Entry, who: Somebody, seq: number, more: Partial<EntryRow> = {}): EntryRow {
  const role = who === asker ? Role.visitor : Role.helper;
  const verdict = { member: who.member, role, mode: SpaceMode.closed };
  return {
    type: 'entry',
    seq,
    place: seq,
    received: 1_000 + seq,
    verdict,
    receipt: new Uint8Array(16),
    entry: entry.bytes,
    ...more,
  };
}

const texts = (
  rows: readonly Row[],
  overlay: readonly Entry[] = [],
  more: Partial<FoldContext> = {},
): string[] =>
  fold(rows, overlay, context(more)).timeline.map((item) =>
    item.type === 'message' ? item.text : item.type === 'note' ? item.note : '?',
  );

describe('fold', () => {
  it('orders numbered rows by place, then what is not numbered by time', async () => {
    const [one, two, early] = await Promise.all([
      asker.does({ kind: 'say', text: 'one' }, 900),
      asker.does({ kind: 'say', text: 'two' }, 200),
      ana.does({ kind: 'say', text: 'early' }, 50),
    ]);
    const rows = [
      row(two, asker, 2, { place: 1 }),
      row(ask, asker, 0),
      row(one, asker, 1, { place: 2 }),
    ];
    assert.deepEqual(texts(rows, [await ana.does({ kind: 'say', text: 'late' }, 60), early]), [
      'Why?',
      'two',
      'one',
      'early',
      'late',
    ]);
  });

  it('shows each entry once', async () => {
    const say = await asker.does({ kind: 'say', text: 'again' }, 200);
    assert.deepEqual(texts([row(ask, asker, 0), row(say, asker, 1), row(say, asker, 2)], [say]), [
      'Why?',
      'again',
    ]);
  });

  it('shows a time ahead as the receive time', async () => {
    const view = fold(
      [row(await asker.does({ kind: 'say', text: 'x' }, 9e12), asker, 0)],
      [],
      context(),
    );
    assert.equal(view.timeline[0]?.type === 'message' && view.timeline[0].time, 1_000);
  });

  it('judges only what is not numbered', async () => {
    const stranger = new Somebody();
    const word = await stranger.does({ kind: 'say', text: 'me too' }, 300);
    const numbered = row(word, stranger, 1, {
      verdict: { member: stranger.member, role: Role.visitor, mode: SpaceMode.open },
    });
    assert.deepEqual(texts([row(ask, asker, 0)], [word]), ['Why?']);
    const open = { mode: SpaceMode.open };
    const verdict = { member: asker.member, role: Role.visitor, mode: SpaceMode.open };
    const publicAsk = row(ask, asker, 0, { verdict });
    assert.deepEqual(texts([publicAsk], [word], open), ['Why?', 'me too']);
    assert.deepEqual(texts([publicAsk], [word]), ['Why?']);
    assert.deepEqual(texts([row(ask, asker, 0)], [word], open), ['Why?']);
    assert.deepEqual(texts([row(ask, asker, 0), numbered]), ['Why?', 'me too']);
    const stale = new Map([[ana.key, ana.grant(4_000)]]);
    assert.deepEqual(
      texts([row(ask, asker, 0)], [await ana.does({ kind: 'say', text: 'expired' }, 300)], {
        grants: stale,
      }),
      ['Why?'],
    );
  });

  it('knows somebody who became another member as one person from there on', async () => {
    const before = await asker.does({ kind: 'say', text: 'from the phone' }, 300);
    const said = await ben.does({ kind: 'say', text: 'from the laptop' }, 400);
    const relay = new Somebody();
    const merge = await relay.does({ kind: 'merge', from: asker.member, to: ben.member }, 350);
    const verdict = { member: relay.member, role: Role.relay, mode: SpaceMode.closed };
    const asVisitor = { member: ben.member, role: Role.visitor, mode: SpaceMode.closed };
    const rows = [
      row(ask, asker, 0),
      row(before, asker, 1),
      row(merge, relay, 2, { verdict }),
      row(said, ben, 3, { verdict: asVisitor }),
    ];
    const none = context({ grants: new Map() });
    const view = fold(rows, [], none);
    assert.equal(view.asker?.member, ben.member);
    assert.deepEqual(
      view.timeline.map((item) => (item.type === 'message' ? item.author.member : item.type)),
      [ben.member, ben.member, ben.member],
    );
    assert.deepEqual(view.answerers, []);
    const retract = await asker.does({ kind: 'retract', target: before.id }, 500);
    assert.equal(fold(rows, [retract], none).timeline.length, 3);
    // Two relays' acts that point at each other must not send a reader in circles.
    const back = await relay.does({ kind: 'merge', from: ben.member, to: asker.member }, 360);
    const around = fold([...rows, row(back, relay, 4, { verdict })], [], none);
    assert.equal(around.asker?.member, ben.member);
    const others = [
      { from: ana.member, to: asker.member },
      { from: asker.member, to: ana.member },
    ] as const;
    const acts = await Promise.all(
      others.map((who, index) => relay.does({ kind: 'merge', ...who }, 370 + index)),
    );
    const longer = acts.map((act, index) => row(act, relay, 4 + index, { verdict }));
    assert.equal(fold([...rows, ...longer], [], none).asker?.member, ben.member);
    // Nobody else can say who somebody is.
    const forged = await ana.does({ kind: 'merge', from: asker.member, to: ana.member }, 370);
    assert.equal(fold([row(ask, asker, 0)], [forged], none).asker?.member, asker.member);
  });

  it('takes a question only from who owns the conversation', async () => {
    const content = {
      kind: 'ask',
      salt,
      space: demo,
      text: 'Mine now',
      page: { url: '', title: '' },
      lang: 'en',
    } as const;
    assert.deepEqual(texts([], [await ana.does(content, 50), ask]), ['Why?']);
  });

  it('lets the first numbered claim hold and shows the other', async () => {
    const [first, second] = await Promise.all([
      ana.does({ kind: 'claim' }, 300),
      ben.does({ kind: 'claim' }, 250),
    ]);
    const view = fold([row(ask, asker, 0), row(first, ana, 1)], [second], context());
    assert.equal(view.claim?.author.member, ana.member);
    assert.deepEqual([view.claim?.numbered, view.contested?.author.member], [true, ben.member]);
    const alone = fold([row(ask, asker, 0)], [second], context());
    assert.deepEqual([alone.claim?.numbered, alone.contested], [false, null]);
  });

  it('ends a claim by release, lapse and close', async () => {
    const claim = await ana.does({ kind: 'claim' }, 300);
    for (const content of [
      { kind: 'release' },
      { kind: 'lapse', claim: claim.id },
      { kind: 'close' },
    ] as const) {
      const end = await ana.does(content, 400);
      const view = fold([row(ask, asker, 0), row(claim, ana, 1), row(end, ana, 2)], [], context());
      assert.equal(view.claim, null, content.kind);
    }
    const others = await ana.does({ kind: 'lapse', claim: ask.id }, 400);
    assert.notEqual(
      fold([row(ask, asker, 0), row(claim, ana, 1), row(others, ana, 2)], [], context()).claim,
      null,
    );
  });

  it('refuses the relay’s own kinds from the overlay', async () => {
    const claim = await ana.does({ kind: 'claim' }, 300);
    const lapse = await ben.does({ kind: 'lapse', claim: claim.id }, 400);
    assert.notEqual(fold([row(ask, asker, 0), row(claim, ana, 1)], [lapse], context()).claim, null);
  });

  it('opens again when the asker speaks, and only then', async () => {
    const [close, byDesk, byAsker] = await Promise.all([
      ana.does({ kind: 'close' }, 300),
      ana.does({ kind: 'say', text: 'by the way' }, 400),
      asker.does({ kind: 'say', text: 'wait' }, 500),
    ]);
    const rows = [row(ask, asker, 0), row(close, ana, 1), row(byDesk, ana, 2)];
    assert.equal(fold(rows, [], context()).closed, true);
    assert.equal(fold([...rows, row(byAsker, asker, 3)], [], context()).closed, false);
  });

  it('hides a withdrawn message, and lets nobody withdraw another’s', async () => {
    const say = await asker.does({ kind: 'say', text: 'oops' }, 300);
    const mine = await asker.does({ kind: 'retract', target: say.id }, 400);
    const theirs = await ana.does({ kind: 'retract', target: say.id }, 400);
    assert.deepEqual(texts([row(ask, asker, 0), row(say, asker, 1)], [mine]), [
      'Why?',
      'retracted',
    ]);
    assert.deepEqual(texts([row(ask, asker, 0), row(say, asker, 1)], [theirs]), ['Why?', 'oops']);
  });

  it('keeps a place for what a newer build wrote', async () => {
    const say = await asker.does({ kind: 'say', text: 'x' }, 300);
    const newer = say.bytes.slice();
    newer[1] = 30;
    const rows: Row[] = [
      row(ask, asker, 0),
      row({ ...say, bytes: newer }, asker, 1),
      { type: 'unreadable' },
    ];
    assert.deepEqual(texts(rows), ['Why?', '?', '?']);
    const silent = newer.slice();
    silent[1] = 40;
    const quiet = fold([...rows, row({ ...say, bytes: silent }, asker, 2)], [], context());
    assert.deepEqual([quiet.timeline.length, quiet.count], [3, 3], 'counted, not shown');
    assert.doesNotThrow(() =>
      fold([row({ ...say, bytes: concatBytes(new Uint8Array(3)) }, asker, 0)], [], context()),
    );
  });

  it('does not mix in other conversations', async () => {
    const elsewhere = await asker.does(
      { kind: 'say', text: 'elsewhere' },
      300,
      conversationIdOf(asker.key, new Uint8Array(16), community),
    );
    assert.deepEqual(texts([row(ask, asker, 0)], [elsewhere]), ['Why?']);
  });
});
