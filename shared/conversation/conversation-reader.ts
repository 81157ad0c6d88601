/**
 * How a device reads a conversation for its screens. Numbered rows are already judged, so it trusts their
 * verdict. It judges unnumbered entries (this device's outbox, what peers brought) by the kinds' rules,
 * and lays them on top only while it makes the view. The signatures of overlay entries are checked:
 * whoever puts them there has called `verifyEntry`.
 */
import type { Content } from '../entry/content.ts';
import { conversationIdOf } from '../entry/conversation-id.ts';
import { ENTRY_VERSION, type Entry, contentOf } from '../entry/entry.ts';
import { HideCause } from '../entry/hide-cause.ts';
import { isRelaysOwn, isSilent, kinds } from '../entry/kinds.ts';
import { rules } from '../entry/rules.ts';
import { type Grant, grantHolds } from '../grant/grant.ts';
import { Role, hidesAtOnce } from '../grant/roles.ts';
import { ownMemberOf } from '../hash.ts';
import type { ConversationId, DeviceKey, EntryId, Fingerprint } from '../ids.ts';
import { Limits } from '../limits.ts';
import { SpaceMode, modeIn } from '../space-mode.ts';
import { ConversationState } from './conversation-state.ts';
import { type Author, type Fact, factOf, factOfRow } from './fact.ts';
import { readEntryRow } from './read-row.ts';
import type { EntryRow, Row } from './row.ts';
import type { ClaimView, ConversationView, TimelineItem } from './view.ts';

/** What a device knows besides the entries, to judge those that no relay has. */
export interface ReaderContext {
  /** Corrected time of this device, ms. */
  readonly now: number;
  /** Verified grants by device. */
  readonly grants: ReadonlyMap<DeviceKey, Grant>;
  /** The space's mode as this device knows it. */
  readonly mode: SpaceMode;
}

/** An entry as read, and what was last shown of it. */
interface Source {
  /** Null when a newer build wrote it. */
  readonly content: Content | null;
  /** Whether screens show nothing when they cannot read it. */
  readonly silent: boolean;
  item?: TimelineItem;
}

/** A seq after all that are numbered: what this device hides is hidden, whatever was shown again before. */
const LATEST = 2 ** 52;
/** Sorts after every number: the position of unnumbered entries. */
const UNNUMBERED = Infinity;

export class ConversationReader {
  readonly state = new ConversationState();
  readonly #id: ConversationId;
  readonly #community: Fingerprint;
  readonly #sources = new Map<EntryId, Source>();
  #rows: readonly Row[] = [];

  constructor(id: ConversationId, community: Fingerprint) {
    this.#id = id;
    this.#community = community;
  }

  /** Takes the room's current live rows. It looks only at rows that came or went. */
  read(rows: readonly Row[]): void {
    const before = this.#rows;
    this.#rows = rows;
    let start = 0;
    while (start < before.length && before[start] === rows[start]) start++;
    let [end, endBefore] = [rows.length, before.length];
    while (end > start && endBefore > start && before[endBefore - 1] === rows[end - 1]) {
      end--;
      endBefore--;
    }
    const gone = new Set(before.slice(start, endBefore));
    const come = rows.slice(start, end).filter((row) => !gone.delete(row));
    for (const row of gone) if (row.type === 'entry') this.#forget(row);
    for (const row of come) if (row.type === 'entry') this.#read(row);
  }

  /** The conversation with `overlay` on top. Never throws, whatever the bytes. */
  view(overlay: readonly Entry[], around: ReaderContext): ConversationView {
    const { state } = this;
    const laid: EntryId[] = [];
    let contested: ClaimView | null = null;
    for (const entry of overlay.toSorted((a, b) => a.time - b.time || (a.id < b.id ? -1 : 1))) {
      const fact = this.#judged(entry, laid.length, around);
      if (!fact) continue;
      if (fact.effect?.claims && state.claim) {
        if (!state.holds(fact.author.member)) contested ??= this.#claimView(fact);
        continue;
      }
      state.add(fact);
      laid.push(fact.id);
    }
    const view = this.#shown(around, contested);
    for (const id of laid) {
      state.erase(id);
      this.#sources.delete(id);
    }
    return view;
  }

  #read(row: EntryRow): void {
    const fact = factOfRow(row, this.#community);
    const { read } = readEntryRow(row, this.#community);
    const [version, kind = 0] = row.entry;
    const silent = version === ENTRY_VERSION && isSilent(kind);
    this.#sources.set(fact.id, { content: read && read.content, silent });
    this.state.add(fact);
  }

  #forget(row: EntryRow): void {
    const { id } = readEntryRow(row, this.#community);
    this.state.erase(id, row.seq);
    if (!this.state.fact(id)) this.#sources.delete(id);
  }

  /** An entry that no relay has numbered, as the last fact; null if it changes nothing. */
  #judged(entry: Entry, index: number, around: ReaderContext): Fact | null {
    const { state } = this;
    if (state.fact(entry.id) || entry.conversation !== this.#id || isRelaysOwn(entry.kind))
      return null;
    let content: Content;
    try {
      content = contentOf(entry);
    } catch {
      return null; // not judged by anyone, and not readable here: nothing to show
    }
    const { device, member, role } = this.#authorOf(entry, around);
    const owner =
      content.kind === 'ask'
        ? !state.ask && conversationIdOf(device, content.salt, this.#community) === this.#id
        : state.isAsker(device, member);
    const own = rules.isOwn(content, member, state);
    if (!rules.mayDo(content.kind, { role, owner, own, mode: this.#mode(around) })) return null;
    let place = UNNUMBERED;
    let seq = index;
    if (content.kind === 'report') {
      const target = state.fact(content.target);
      // Other reports are counted, and nobody is shown them.
      if (!target || !hidesAtOnce(role)) return null;
      content = { kind: 'hide', target: content.target, cause: HideCause.guardian };
      ({ place } = target);
      seq += LATEST;
    } else if (!kinds.isForRoom(content)) return null;
    this.#sources.set(entry.id, { content, silent: true });
    const verdict = { member, role, mode: around.mode };
    const row = {
      seq,
      place,
      received: around.now,
      verdict,
      entry: entry.bytes,
    };
    return factOf(row, entry, content);
  }

  #mode({ mode }: ReaderContext): SpaceMode {
    return modeIn(this.state.ask?.mode ?? SpaceMode.closed, mode);
  }

  #authorOf({ author: device }: Entry, { grants, now }: ReaderContext): Author {
    const grant = grants.get(device);
    const { space } = this.state;
    if (grant && space !== null && grantHolds(grant, device, space, now)) {
      return { device, member: grant.member, role: grant.role };
    }
    return { device, member: ownMemberOf(device), role: Role.visitor };
  }

  #claimView(fact: Fact): ClaimView {
    const author = this.state.named(fact.author);
    return { id: fact.id, author, time: fact.time, numbered: fact.place !== UNNUMBERED };
  }

  #shown(around: ReaderContext, contested: ClaimView | null): ConversationView {
    const { state } = this;
    const { ask, claim } = state;
    const timeline: TimelineItem[] = [];
    const withdrawn = new Set<EntryId>();
    for (const fact of state.rows) {
      const item = this.#itemOf(fact);
      if (item) timeline.push(item);
      const quotes = item?.type === 'message' && item.quotes;
      if (quotes && (state.isWithdrawn(quotes) || state.hiddenBy(quotes))) withdrawn.add(quotes);
    }
    let [count, lastSeq] = [0, -1];
    this.#rows.forEach((row, index) => {
      if (row.type !== 'entry') timeline.push({ type: 'unreadable', id: `row-${index}` });
      else {
        count++;
        lastSeq = Math.max(lastSeq, row.seq);
      }
    });
    const bytesLeft = Limits.conversationBytes - state.bytes;
    return {
      id: this.#id,
      space: state.space,
      public: ask !== null && this.#mode(around) === SpaceMode.open,
      asker: state.asker,
      page: ask?.page ?? null,
      lang: ask?.lang ?? '',
      timeline,
      withdrawn,
      claim: claim && this.#claimView(state.fact(claim.id)!),
      contested,
      closed: state.closed,
      answerers: state.answerers,
      count,
      full: lastSeq + 1 >= Limits.conversationEntries || bytesLeft < Limits.entryBytes,
      lastSeq,
    };
  }

  /** What is shown of a fact; the same object as long as it stays the same. */
  #itemOf(fact: Fact): TimelineItem | null {
    const { state } = this;
    const { id, effect, time } = fact;
    const source = this.#sources.get(id);
    if (!source) return null;
    if (!source.content) return source.silent ? null : (source.item ??= { type: 'unreadable', id });
    if (effect?.asks && id !== state.ask?.id) return null;
    if (effect?.says !== undefined && !effect.asks && state.isWithdrawn(id)) return null;
    if (effect?.says !== undefined && state.hiddenBy(id)) return null;
    if (effect?.hides) return this.#hiddenItem(fact, source, effect.hides.target);
    // This device does not know what it ended.
    if (effect?.ends && !state.fact(effect.ends)?.effect?.claims) return null;
    const author = state.named(fact.author);
    const seq = fact.place === UNNUMBERED ? null : fact.seq;
    const { item } = source;
    if (item?.type === 'message' || item?.type === 'note') {
      if (item.seq === seq && item.author.member === author.member) return item;
    }
    const note = rules.noteOf(source.content.kind);
    if ('text' in source.content) {
      const { text } = source.content;
      const quotes = ('quotes' in source.content && source.content.quotes) || null;
      source.item = { type: 'message', id, author, time, seq, text, quotes };
    } else if (note) {
      source.item = { type: 'note', note, id, author, time, seq };
    }
    return source.item ?? null;
  }

  /** What stands where a message is hidden, unless it was withdrawn or something else hides it. */
  #hiddenItem({ id, seq, time }: Fact, source: Source, target: EntryId): TimelineItem | null {
    const { state } = this;
    if (state.hiddenBy(target)?.id !== id || state.isWithdrawn(target)) return null;
    const { content } = source;
    if (content?.kind !== 'hide') return null;
    const numbered = seq < LATEST ? seq : null;
    return (source.item ??= {
      type: 'hidden',
      id: target,
      cause: content.cause,
      time,
      seq: numbered,
    });
  }
}
