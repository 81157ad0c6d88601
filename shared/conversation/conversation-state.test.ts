/** The reducer against the rules written out naively, over histories that chance draws. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { Role, answersAtDesk } from '../grant/roles.ts';
import { type EntryId, type MemberId, parseSpaceId } from '../ids.ts';
import { SpaceMode } from '../space-mode.ts';
import {
  community,
  conversation,
  deviceOf,
  histories,
  memberOf,
} from '../testing/random-history.ts';
import { ConversationReader } from './conversation-reader.ts';
import { ConversationState } from './conversation-state.ts';
import { type Fact, factOfRow, inOrder } from './fact.ts';
import { type EntryRow, decodeRow, encodeRow } from './row.ts';
import { STATE_VERSION, decodeState, encodeState } from './state-codec.ts';

const seed = Number(process.env['COMPTOIR_FUZZ_SEED'] ?? Date.now() % 1_000_000);
const settings = { seed, numRuns: 120 };

const people = [0, 1, 2, 3, 4];

/** Everything that a reader may know of a state. */
function summaryOf(state: ConversationState): object {
  return {
    question: state.ask?.id ?? null,
    text: state.ask?.text ?? '',
    space: state.space,
    asker: state.asker,
    isPublic: state.isPublic,
    claim: state.claim,
    closed: state.closed,
    waitingSince: state.waitingSince,
    lastAt: state.lastAt,
    askerAt: state.askerAt,
    last: state.last,
    answerers: state.answerers,
    answererCount: state.answererCount,
    visitors: people.filter((one) => state.answeredAsVisitor(memberOf(one))),
    known: people.map((one) => state.known(memberOf(one))),
    isAsker: people.map((one) => state.isAsker(deviceOf(one), memberOf(one))),
    holds: people.map((one) => state.holds(memberOf(one))),
    rows: Array.from(state.rows, ({ id, seq }) => [
      id,
      seq,
      state.isWithdrawn(id),
      state.hiddenBy(id)?.id,
      people.map((one) => state.said(id, memberOf(one))),
    ]),
  };
}

/** The same by the rules as PROTOCOL.md words them, looking at all rows for each. */
function naive(all: readonly Fact[]): object {
  const facts: Fact[] = [];
  for (const fact of all.toSorted(inOrder)) {
    if (!facts.some(({ id }) => id === fact.id)) facts.push(fact);
  }
  const next = new Map<MemberId, MemberId>();
  const known = (member: MemberId): MemberId => {
    const to = next.get(member);
    return to === undefined ? member : known(to);
  };
  for (const { effect } of facts) {
    if (!effect?.unites) continue;
    const { from, to } = effect.unites;
    if (known(from) !== known(to)) next.set(known(from), known(to));
  }
  const named = (author: Fact['author']) => ({ ...author, member: known(author.member) });
  const hiddenBy = (id: EntryId): Fact | undefined => {
    const about = facts.filter(
      ({ effect }) => effect?.hides?.target === id || effect?.unhides === id,
    );
    const last = about.toSorted((a, b) => a.seq - b.seq).at(-1);
    return last?.effect?.hides ? last : undefined;
  };
  const standIns = facts.flatMap((fact): Fact[] => {
    const { target, question: left } = fact.effect?.hides ?? {};
    if (!target || !left || hiddenBy(target) !== fact) return [];
    const { device, member, role, space, lang, ...rest } = left;
    const asks = { space, lang, page: { url: '', title: '' } };
    return [{ ...fact, ...rest, id: target, author: { device, member, role }, effect: { asks } }];
  });
  const question = [...facts, ...standIns].toSorted(inOrder).find(({ effect }) => effect?.asks);
  const isAsker = ({ author }: Pick<Fact, 'author'>): boolean =>
    question !== undefined &&
    (author.device === question.author.device ||
      known(author.member) === known(question.author.member));
  const isWithdrawn = (id: EntryId): boolean =>
    facts.some(({ effect }) => effect?.withdraws === id);
  const words = facts.filter(
    (fact) =>
      !hiddenBy(fact.id) &&
      (fact === question ||
        (fact.effect?.says !== undefined && !fact.effect.asks && !isWithdrawn(fact.id))),
  );
  const isPublic = question?.mode === SpaceMode.open;
  let closed = false;
  let waitingSince: number | null = null;
  let claim: Fact | null = null;
  for (const fact of facts) {
    const { effect, author } = fact;
    if (words.includes(fact)) {
      if (isAsker(fact)) {
        closed = false;
        waitingSince ??= fact.received;
      } else if (answersAtDesk(author.role) || isPublic) waitingSince = null;
    }
    if (effect?.claims && !facts.some((other) => other.effect?.ends === fact.id)) claim ??= fact;
    if (effect?.frees) claim = null;
    if (effect?.closes) {
      closed = true;
      waitingSince = null;
    }
    if (effect?.reopens) closed = false;
  }
  const answers = new Map<MemberId, Fact>();
  for (const word of words) if (!isAsker(word)) answers.set(known(word.author.member), word);
  const last = words.at(-1);
  return {
    question: question?.id ?? null,
    text: question && !hiddenBy(question.id) ? question.effect?.says : '',
    space: question?.effect?.asks?.space ?? null,
    asker: question ? named(question.author) : null,
    isPublic,
    claim: claim && { id: claim.id, member: known(claim.author.member), at: claim.received },
    closed,
    waitingSince,
    lastAt: facts.at(-1)?.received ?? 0,
    askerAt: words.filter(isAsker).at(-1)?.received ?? 0,
    last: { text: last?.effect?.says ?? '', member: last ? known(last.author.member) : '' },
    answerers: Array.from(answers.values(), ({ author }) => named(author)),
    answererCount: answers.size,
    visitors: people.filter((one) => {
      const word = answers.get(known(memberOf(one)));
      return word !== undefined && !answersAtDesk(word.author.role);
    }),
    known: people.map((one) => known(memberOf(one))),
    isAsker: people.map((one) =>
      isAsker({ author: { device: deviceOf(one), member: memberOf(one), role: 0 } }),
    ),
    holds: people.map(
      (one) => claim !== null && known(claim.author.member) === known(memberOf(one)),
    ),
    rows: facts.map(({ id, seq, effect, author }) => [
      id,
      seq,
      isWithdrawn(id),
      hiddenBy(id)?.id,
      people.map(
        (one) =>
          effect?.says !== undefined &&
          !effect.asks &&
          known(author.member) === known(memberOf(one)),
      ),
    ]),
  };
}

const factOf = (row: EntryRow): Fact => factOfRow(row, community);

/** A history, the order in which its rows arrive, and which of them are erased, when. */
const arrivals = fc
  .tuple(histories, fc.array(fc.nat(1_000), { minLength: 40, maxLength: 80 }), fc.boolean())
  .map(([rows, picks, shuffled]) => {
    const order = rows.map((row, index) => [shuffled ? (picks[index] ?? 0) : index, row] as const);
    return { rows: order.toSorted(([a], [b]) => a - b).map(([, row]) => row), picks };
  });

describe(`conversation state, seed ${seed}`, () => {
  it('is what the rules say, whatever order rows come and go in', () => {
    fc.assert(
      fc.property(arrivals, ({ rows, picks }) => {
        const state = new ConversationState();
        const live: Fact[] = [];
        rows.map(factOf).forEach((fact, index) => {
          state.add(fact);
          live.push(fact);
          assert.deepEqual(summaryOf(state), naive(live), `after row ${fact.seq}`);
          const pick = picks[index] ?? 1;
          if (pick % 3 > 0) return;
          const [gone] = live.splice(pick % live.length, 1);
          state.erase(gone!.id, gone!.seq);
          assert.deepEqual(summaryOf(state), naive(live), `without row ${gone!.seq}`);
        });
        while (live.length > 0) {
          const [gone] = live.splice((picks[live.length] ?? 0) % live.length, 1);
          state.erase(gone!.id, gone!.seq);
        }
        assert.deepEqual(summaryOf(state), naive([]));
      }),
      settings,
    );
  });

  it('keeps no word of a question that is hidden, shown and hidden again, read in the order of its places', () => {
    const author = { device: deviceOf(0), member: memberOf(0), role: Role.visitor };
    const about = { space: parseSpaceId('demo'), lang: 'fr' };
    const dated = { mode: SpaceMode.closed, received: 1_000, time: 1_000 };
    const rowAt = (
      seq: number,
      place: number,
      effect: Fact['effect'],
      id = `row ${seq}`,
    ): Fact => ({
      ...dated,
      id: id as EntryId,
      seq,
      place,
      author,
      bytes: 100,
      effect,
    });
    const asks = { ...about, page: { url: '', title: '' } };
    const asked = rowAt(3, 0, { asks, says: 'Insulte' }, 'question');
    const hides = { target: asked.id, question: { ...author, ...about, ...dated } };
    const state = new ConversationState();
    state.add(rowAt(1, 0, { hides }));
    state.add(asked);
    state.add(rowAt(2, 2, { unhides: asked.id }));
    assert.equal(state.last.text, 'Insulte');
    state.add(rowAt(4, 0, { hides }));
    state.erase(asked.id);
    assert.equal(state.last.text, '');
  });

  it('goes on from its bytes as if it had never stopped', () => {
    fc.assert(
      fc.property(arrivals, fc.nat(40), ({ rows, picks }, cut) => {
        const state = new ConversationState();
        rows.slice(0, cut).forEach((row) => state.add(factOf(row)));
        const loaded = decodeState(encodeState(state));
        assert.ok(loaded);
        assert.deepEqual(summaryOf(loaded), summaryOf(state));
        rows.slice(cut).forEach((row) => [state, loaded].forEach((one) => one.add(factOf(row))));
        rows.forEach((row, index) => {
          if ((picks[index] ?? 0) % 2 > 0) return;
          [state, loaded].forEach((one) => one.erase(factOf(row).id, row.seq));
          assert.deepEqual(summaryOf(loaded), summaryOf(state));
        });
        assert.deepEqual([...loaded.rows], [...state.rows]);
        assert.deepEqual(loaded.doubles, state.doubles);
        assert.equal(loaded.bytes, state.bytes);
        assert.equal(
          state.bytes,
          [...state.rows].reduce((sum, { bytes }) => sum + bytes, 0),
        );
      }),
      settings,
    );
    const other = encodeState(new ConversationState());
    other[0] = STATE_VERSION + 1;
    assert.equal(decodeState(other), null);
  });

  it('is the same at the relay, row by row, and on a device, room by room', () => {
    fc.assert(
      fc.property(arrivals, ({ rows, picks }) => {
        const relay = new ConversationState();
        const device = new ConversationReader(conversation, community);
        let live: EntryRow[] = [];
        rows.forEach((row, index) => {
          const sent = decodeRow(encodeRow(row));
          assert.ok(sent.type === 'entry');
          relay.add(factOf(row));
          live = [...live, sent];
          const gone = live[(picks[index] ?? 0) % 100];
          if (gone) {
            relay.erase(factOf(gone).id, gone.seq);
            live = live.filter((one) => one !== gone);
          }
          // Not every change reaches a device by itself.
          if ((picks[index] ?? 0) % 5 === 0) return;
          device.read(live.toSorted((a, b) => a.seq - b.seq));
          assert.deepEqual(summaryOf(device.state), summaryOf(relay));
          const view = device.view([], { now: 1e6, grants: new Map(), mode: SpaceMode.open });
          assert.deepEqual(
            {
              space: view.space,
              asker: view.asker,
              isPublic: view.public,
              claim: view.claim?.id,
              holder: view.claim?.author.member,
              closed: view.closed,
              answerers: view.answerers,
              count: view.count,
            },
            {
              space: relay.space,
              asker: relay.asker,
              isPublic: relay.isPublic,
              claim: relay.claim?.id,
              holder: relay.claim?.member,
              closed: relay.closed,
              answerers: relay.answerers,
              count: live.length,
            },
          );
        });
      }),
      settings,
    );
  });
});
