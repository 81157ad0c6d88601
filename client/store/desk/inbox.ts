/** Turns inbox records, and what this helper wrote since, into the lists of the desk. */
import type { Row } from '../../../shared/conversation/row.ts';
import { contentOf } from '../../../shared/entry/entry.ts';
import type { Page } from '../../../shared/entry/schema/field.ts';
import { rules as acts } from '../../../shared/entry/rules.ts';
import { Role } from '../../../shared/grant/roles.ts';
import type { ConversationId, MemberId } from '../../../shared/ids.ts';
import type { InboxRecord } from '../../../shared/protocol/records.ts';
import type { SeenTimes } from './desk-settings.ts';
import type { AskSummary, Wait } from './desk-state.ts';
import { keptTexts } from '../network.ts';
import { type OutboxByConversation, outboxOf } from '../outbox-groups.ts';
import type { People } from '../people.ts';
import { reuse } from '../../signals/reuse.ts';
import { recordValue } from '../space.ts';
import type { OutboxItem } from '../sync-port.ts';
import { type Change, KeptLists, type ListRule } from './list/kept-lists.ts';

/** A wait is `soon` late from here, `late` from there: the brand's target is 45 s. */
const SOON_MS = 23_000;
const LATE_MS = 45_000;

interface InboxInput {
  readonly records: readonly InboxRecord[];
  readonly outbox: OutboxByConversation;
  readonly me: MemberId;
  readonly people: People;
  /** Whether the space is open now. */
  readonly open: boolean;
  /** The time for showing waits. */
  readonly at: number;
  /** Up to when this helper has read each conversation. */
  readonly seen: SeenTimes;
  /** Up to when they knew what they answered, or closed, without a network. */
  readonly blind: SeenTimes;
  /** A page's title without its site's name. */
  readonly titleOf: (page: Page) => string;
}

export interface InboxLists {
  readonly all: readonly AskSummary[];
  readonly waiting: readonly AskSummary[];
  readonly mine: readonly AskSummary[];
  readonly others: readonly AskSummary[];
  readonly closed: readonly AskSummary[];
}

export const inboxRecords = (rows: readonly Row[]): readonly InboxRecord[] =>
  rows.flatMap((row) => {
    const value = row.type === 'record' ? (recordValue(row) as InboxRecord | null) : null;
    return value ? [value] : [];
  });

const since = (ask: AskSummary): number => ask.wait?.since ?? Infinity;
const lastFirst = (a: AskSummary, b: AskSummary): number => b.lastAt - a.lastAt;
const isWaiting = (ask: AskSummary): boolean => ask.claim === null && ask.wait !== null;

const rules = {
  waiting: { has: (ask) => !ask.closed && isWaiting(ask), order: (a, b) => since(a) - since(b) },
  mine: {
    has: (ask) => !ask.closed && ask.claim?.mine === true,
    order: (a, b) => compare(since(a), since(b)) || lastFirst(a, b),
  },
  others: {
    has: (ask) => !ask.closed && ask.claim?.mine !== true && !isWaiting(ask),
    order: lastFirst,
  },
  closed: { has: (ask) => ask.closed, order: lastFirst },
} satisfies Readonly<Record<string, ListRule<AskSummary>>>;

/** A conversation as it was made last, and what of. */
interface Made {
  readonly record: InboxRecord;
  readonly items: readonly OutboxItem[];
  readonly seen: number | undefined;
  readonly blind: number | undefined;
  readonly ask: AskSummary;
  /** When, and until when its wait has the same tone. */
  readonly at: number;
  readonly until: number;
}

/**
 * Makes the lists, again and again. A record that did not change costs a comparison of references: in an inbox of
 * 500 of which 20 change each second, nearly all of it.
 */
export function createInboxLists(): (input: InboxInput) => InboxLists {
  const made = new Map<ConversationId, Made>();
  const sorted = new KeptLists(rules);
  let around: readonly unknown[] = [];
  let lists: InboxLists = { all: [], ...sorted.lists };
  return (input) => {
    const { records, me, people, open, at, titleOf } = input;
    const of = [me, people, open, titleOf];
    const isAround = of.every((part, index) => part === around[index]);
    around = of;
    const changes: Change<AskSummary>[] = [];
    const all = records.map((record) => {
      const id = record.conversation;
      const items = outboxOf(input.outbox, id);
      const [seen, blind] = [input.seen[id], input.blind[id]];
      const was = made.get(id);
      const isSame = was?.record === record && was.items === items && was.seen === seen;
      if (isAround && isSame && was.blind === blind && at >= was.at && at < was.until)
        return was.ask;
      const fresh = summaryOf(record, input);
      const ask = was ? reuse(was.ask, fresh) : fresh;
      const until = toneEnds(ask.wait, at);
      made.set(id, { record, items, seen, blind, ask, at, until });
      if (ask !== was?.ask) changes.push({ before: was?.ask, after: ask });
      return ask;
    });
    if (made.size > all.length) {
      const there = new Set(all.map(({ id }) => id));
      for (const [id, { ask }] of Array.from(made)) {
        if (there.has(id) || !made.delete(id)) continue;
        changes.push({ before: ask, after: undefined });
      }
    }
    sorted.change(changes, all);
    const isSame =
      all.length === lists.all.length && all.every((ask, index) => ask === lists.all[index]);
    if (!isSame) lists = { all, ...sorted.lists };
    return lists;
  };
}

const compare = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1);

function waitOf(since: number | null, at: number): Wait | null {
  if (since === null) return null;
  const waited = at - since;
  return { since, tone: waited < SOON_MS ? 'fresh' : waited < LATE_MS ? 'soon' : 'late' };
}

/** Until when a wait has the tone that it has now. */
function toneEnds(wait: Wait | null, at: number): number {
  const ends = wait ? [wait.since + SOON_MS, wait.since + LATE_MS] : [];
  return ends.find((end) => end > at) ?? Infinity;
}

function summaryOf(record: InboxRecord, input: InboxInput): AskSummary {
  const { people, me } = input;
  const items = outboxOf(input.outbox, record.conversation);
  const now = withOwnActs(record, items, me);
  const askerAt = record.askerAt ?? record.lastAt;
  const isNew = askerAt > (input.seen[record.conversation] ?? 0);
  const isBlind = isNew && askerAt > (input.blind[record.conversation] ?? Infinity);
  const waitingSince = now.waitingSince ?? (isBlind ? askerAt : null);
  const person = (member: MemberId) =>
    member === record.asker ? people.person(member, Role.visitor) : people.person(member);
  return {
    id: record.conversation,
    text: record.text,
    page: { url: record.page.url, title: input.titleOf(record.page) },
    asker: people.person(record.asker, Role.visitor),
    askedAt: record.askedAt,
    wait: now.closed ? null : waitOf(waitingSince, input.at),
    claim: now.claim && {
      by: person(now.claim.member),
      mine: now.claim.member === me,
      numbered: now.claim.numbered,
    },
    last: {
      text: now.last.text,
      mine: now.last.member === me,
      by: person(now.last.member),
    },
    lastAt: now.lastAt,
    toldAt: record.lastAt,
    closed: now.closed,
    public: input.open && record.public === true,
    kept: keptTexts(items),
    unread: isBlind || (isNew && now.last.member === record.asker),
  };
}

type OwnView = Pick<InboxRecord, 'waitingSince' | 'last' | 'lastAt' | 'closed'> & {
  readonly claim: { readonly member: MemberId; readonly numbered: boolean } | null;
};

/** A record with what this helper did and no relay knows yet, so that a whole shift offline reads right. */
function withOwnActs(record: InboxRecord, items: readonly OutboxItem[], me: MemberId): OwnView {
  let now: OwnView = {
    waitingSince: record.waitingSince,
    last: record.last,
    lastAt: record.lastAt,
    closed: record.closed,
    claim: record.claim && { member: record.claim.member, numbered: true },
  };
  for (const { entry, state } of items) {
    if (state.type !== 'waiting' && state.type !== 'later') continue;
    const { asks, says, claims, frees, closes, reopens } = acts.effectOf(contentOf(entry));
    if (asks) continue; // an own question: the record tells it already
    if (says !== undefined) now = { ...now, last: { text: says, member: me }, waitingSince: null };
    if (claims) now = { ...now, claim: now.claim ?? { member: me, numbered: false } };
    if (frees && (closes || now.claim?.member === me)) now = { ...now, claim: null };
    if (closes) now = { ...now, closed: true, waitingSince: null };
    if (reopens) now = { ...now, closed: false };
    if (says !== undefined || closes || reopens)
      now = { ...now, lastAt: Math.max(now.lastAt, entry.time) };
  }
  return now;
}

/** Which conversations to hold: mine and waiting first, then the last changed of the last 30 days. */
export function toKeep(
  lists: InboxLists,
  now: number,
): readonly { readonly id: ConversationId; readonly lastAt: number }[] {
  const urgent = [...lists.mine, ...lists.waiting];
  const ids = new Set(urgent.map(({ id }) => id));
  const recent = lists.all
    .filter((ask) => !ids.has(ask.id) && now - ask.lastAt < 30 * 86_400_000)
    .toSorted((a, b) => b.lastAt - a.lastAt)
    .slice(0, 500);
  return [...urgent, ...recent].map(({ id, lastAt }) => ({ id, lastAt }));
}
