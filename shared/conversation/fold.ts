/**
 * From rows to what screens show: a pure function. Numbered rows are already judged, so their
 * verdict is taken as it is; overlay entries (this device's outbox, what peers brought) pass the
 * permission table here. Entries in the overlay have a checked signature: whoever puts them there
 * has called `verifyEntry`.
 */
import { conversationIdOf } from '../entry/conversation-id.ts';
import { type Content, type ContentOf } from '../entry/content.ts';
import { type Entry, contentOf } from '../entry/entry.ts';
import { isRelaysOwn, isSilent, kinds } from '../entry/kinds.ts';
import { type Grant, grantHolds } from '../grant/grant.ts';
import { Role } from '../grant/roles.ts';
import { ownMemberOf } from '../hash.ts';
import type { ConversationId, DeviceKey, EntryId, Fingerprint, MemberId } from '../ids.ts';
import { Limits } from '../limits.ts';
import type { Standing } from '../entry/schema/standing.ts';
import { SpaceMode, modeIn } from '../space-mode.ts';
import { readEntryRow } from './read-row.ts';
import type { EntryRow, Row } from './row.ts';
import type { Author, ClaimView, ConversationView, Message, TimelineItem } from './view.ts';

export interface FoldContext {
  readonly conversation: ConversationId;
  readonly community: Fingerprint;
  /** Corrected time of this device, ms. */
  readonly now: number;
  /** Verified grants by device, to judge overlay entries. */
  readonly grants: ReadonlyMap<DeviceKey, Grant>;
  /** The space's mode as this device knows it. */
  readonly mode: SpaceMode;
}

/** An entry of the order, with its author's standing settled. */
interface Judged {
  readonly entry: Entry;
  readonly content: Content;
  readonly author: Author;
  readonly time: number;
  readonly seq: number | null;
}

/** Folds a room's rows and the overlay into a view. Never throws, whatever the bytes. */
export function fold(
  rows: readonly Row[],
  overlay: readonly Entry[],
  context: FoldContext,
): ConversationView {
  const state = new FoldState(context);
  const numbered = rows.filter((row): row is EntryRow => row.type === 'entry');
  for (const row of numbered.toSorted((a, b) => a.place - b.place || a.seq - b.seq)) {
    state.addRow(row);
  }
  for (const entry of overlay.toSorted((a, b) => a.time - b.time || (a.id < b.id ? -1 : 1))) {
    state.addUnnumbered(entry);
  }
  return state.view(rows.length - numbered.length);
}

class FoldState {
  readonly #context: FoldContext;
  readonly #seen = new Set<EntryId>();
  readonly #timeline: TimelineItem[] = [];
  /** Of what may be withdrawn: all that was said but the question. */
  readonly #authors = new Map<EntryId, Author>();
  readonly #retracted = new Set<EntryId>();
  readonly #answerers = new Map<MemberId, Author>();
  /** Members who are known as another since. */
  readonly #merged = new Map<MemberId, MemberId>();
  #ask: Judged | null = null;
  #askedIn: SpaceMode = SpaceMode.closed;
  #claim: ClaimView | null = null;
  #contested: ClaimView | null = null;
  #closed = false;
  #count = 0;
  #lastSeq = -1;

  constructor(context: FoldContext) {
    this.#context = context;
  }

  addRow(row: EntryRow): void {
    this.#count++;
    this.#lastSeq = Math.max(this.#lastSeq, row.seq);
    const { id, read } = readEntryRow(row, this.#context.community);
    if (this.#seen.has(id)) return;
    this.#seen.add(id);
    if (!read) {
      if (!isSilent(row.entry[1] ?? 0)) this.#timeline.push({ type: 'unreadable', id });
      return;
    }
    const { entry, content } = read;
    const author = { device: entry.author, ...row.verdict };
    const time = Math.min(entry.time, row.received);
    if (content.kind === 'ask' && !this.#ask) this.#askedIn = row.verdict.mode;
    this.#apply({ entry, content, author, time, seq: row.seq });
  }

  addUnnumbered(entry: Entry): void {
    if (this.#seen.has(entry.id) || entry.conversation !== this.#context.conversation) return;
    if (isRelaysOwn(entry.kind)) return;
    let content: Content;
    try {
      content = contentOf(entry);
    } catch {
      return; // not judged by anyone, and not readable here: nothing to show
    }
    const author = this.#authorOf(entry);
    if (!kinds.mayDo(content.kind, this.#standing(entry, content, author))) return;
    this.#seen.add(entry.id);
    const time = Math.min(entry.time, this.#context.now);
    if (content.kind === 'ask') this.#askedIn = this.#context.mode;
    this.#apply({ entry, content, author, time, seq: null });
  }

  #authorOf(entry: Entry): Author {
    const grant = this.#context.grants.get(entry.author);
    const space = this.#ask?.content.kind === 'ask' ? this.#ask.content.space : undefined;
    if (grant && space !== undefined && grantHolds(grant, entry.author, space, this.#context.now)) {
      return { device: entry.author, member: grant.member, role: grant.role };
    }
    return { device: entry.author, member: ownMemberOf(entry.author), role: Role.visitor };
  }

  #standing(entry: Entry, content: Content, author: Author): Standing {
    const owner =
      content.kind === 'ask'
        ? this.#ask === null && this.#makesThis(entry, content)
        : this.#isAsker(author);
    return {
      role: author.role,
      mode: this.#mode(),
      owner,
      own: this.#isOwn(content, author),
    };
  }

  #mode(): SpaceMode {
    return modeIn(this.#askedIn, this.#context.mode);
  }

  /** Who a member is known as by now. */
  #known(member: MemberId | undefined): MemberId | undefined {
    let known = member;
    while (known !== undefined && this.#merged.has(known)) known = this.#merged.get(known);
    return known;
  }

  #isSame(a: MemberId | undefined, b: MemberId): boolean {
    return this.#known(a) === this.#known(b);
  }

  #makesThis(entry: Entry, ask: ContentOf<'ask'>): boolean {
    const id = conversationIdOf(entry.author, ask.salt, this.#context.community);
    return id === this.#context.conversation;
  }

  #isAsker(author: Author): boolean {
    const asker = this.#ask?.author;
    return (
      asker !== undefined &&
      (asker.device === author.device || this.#isSame(asker.member, author.member))
    );
  }

  #isOwn(content: Content, author: Author): boolean {
    return kinds.isOwn(content, author.member, {
      said: (id, member) => this.#isSame(this.#authors.get(id)?.member, member),
      holds: (member) => this.#isSame(this.#claim?.author.member, member),
    });
  }

  #apply(act: Judged): void {
    const { content } = act;
    switch (content.kind) {
      case 'ask':
        if (this.#ask) return;
        this.#ask = act;
        this.#say(act, content.text);
        return;
      case 'say':
        this.#authors.set(act.entry.id, act.author);
        this.#say(act, content.text);
        return;
      case 'join':
        return;
      case 'claim':
        this.#takeClaim(act);
        return;
      case 'release':
        this.#claim = null;
        this.#note(act, 'released');
        return;
      case 'lapse':
        if (this.#claim?.id !== content.claim) return;
        this.#claim = null;
        this.#note(act, 'lapsed');
        return;
      case 'retract':
        this.#retracted.add(content.target);
        this.#note(act, 'retracted');
        return;
      case 'close':
        this.#closed = true;
        this.#claim = null;
        this.#note(act, 'closed');
        return;
      case 'reopen':
        this.#closed = false;
        this.#note(act, 'reopened');
        return;
      case 'merge':
        // Passed over once both are one: it could only lead in circles.
        if (!this.#isSame(content.from, content.to)) this.#merged.set(content.from, content.to);
        return;
    }
  }

  #say(act: Judged, text: string): void {
    const { entry, author, time, seq } = act;
    const message: Message = { type: 'message', id: entry.id, author, time, seq, text };
    this.#timeline.push(message);
    if (!this.#isAsker(author)) {
      if (!this.#answerers.has(author.member)) this.#answerers.set(author.member, author);
    }
    // A word of the asker's in a closed conversation opens it again: no answer is ever shut out.
    if (this.#closed && this.#isAsker(author)) this.#closed = false;
  }

  #takeClaim({ entry, author, time, seq }: Judged): void {
    const claim: ClaimView = { id: entry.id, author, time, numbered: seq !== null };
    if (this.#claim === null) {
      this.#claim = claim;
      this.#timeline.push({ type: 'note', note: 'claimed', id: entry.id, author, time, seq });
    } else if (!this.#isSame(this.#claim.author.member, author.member)) {
      this.#contested ??= claim;
    }
  }

  #note(
    { entry, author, time, seq }: Judged,
    note: 'released' | 'lapsed' | 'retracted' | 'closed' | 'reopened',
  ): void {
    this.#timeline.push({ type: 'note', note, id: entry.id, author, time, seq });
  }

  #answeringMembers(): Author[] {
    const named = Array.from(this.#answerers.values(), (author) => this.#named({ author }).author);
    return [...new Map(named.map((author) => [author.member, author])).values()];
  }

  /** With the author as they are known by now. */
  #named<T extends { readonly author: Author }>(item: T): T {
    const member = this.#known(item.author.member);
    return member === undefined || member === item.author.member
      ? item
      : { ...item, author: { ...item.author, member } };
  }

  view(unreadableRows: number): ConversationView {
    const ask = this.#ask;
    const content = ask?.content.kind === 'ask' ? ask.content : null;
    const unreadable = Array.from({ length: unreadableRows }, (_, index): TimelineItem => ({
      type: 'unreadable',
      id: `row-${index}`,
    }));
    const kept = this.#timeline
      .filter((item) => !this.#retracted.has(item.id as EntryId))
      .map((item) => (item.type === 'unreadable' ? item : this.#named(item)));
    return {
      id: this.#context.conversation,
      space: content?.space ?? null,
      public: ask !== null && this.#mode() === SpaceMode.open,
      asker: ask ? this.#named(ask).author : null,
      page: content?.page ?? null,
      lang: content?.lang ?? '',
      timeline: [...kept, ...unreadable],
      claim: this.#claim && this.#named(this.#claim),
      contested: this.#contested && this.#named(this.#contested),
      closed: this.#closed,
      answerers: this.#answeringMembers(),
      count: this.#count,
      full: this.#count >= Limits.conversationEntries,
      lastSeq: this.#lastSeq,
    };
  }
}
