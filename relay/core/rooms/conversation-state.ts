/**
 * What the relay needs to know of a conversation to judge the next entry and to write its inbox
 * record. Derived from its rows alone; the facts are kept so that an erasure or a restored row can
 * derive it anew.
 */
import { type Content, type ContentOf, decodeContent } from '../../../shared/entry/content.ts';
import { decodeEntry } from '../../../shared/entry/entry.ts';
import { SpaceMode } from '../../../shared/space-mode.ts';
import { answersAtDesk } from '../../../shared/grant/roles.ts';
import type { DeviceKey, EntryId, Fingerprint, MemberId, SpaceId } from '../../../shared/ids.ts';
import { decodeRow, type EntryRow } from '../../../shared/conversation/row.ts';
import { cutText } from '../limits/cut-text.ts';

/** A judged entry, as far as the relay remembers it. */
export interface Fact {
  readonly id: EntryId;
  readonly seq: number;
  readonly place: number;
  readonly member: MemberId;
  readonly device: DeviceKey;
  /** Whether its author sat at the desk when judged. */
  readonly desk: boolean;
  /** The space's mode when judged. */
  readonly mode: SpaceMode;
  readonly received: number;
  /** When to say it happened: the author's time, or the receive time if that was ahead. */
  readonly time: number;
  readonly content: Content;
}

export interface Claim {
  readonly id: EntryId;
  readonly member: MemberId;
  readonly at: number;
}

interface Derived {
  ask: (Fact & { readonly content: ContentOf<'ask'> }) | null;
  claim: Claim | null;
  closed: boolean;
  waitingSince: number | null;
  lastAt: number;
  last: { readonly text: string; readonly member: MemberId };
  /** Others than the asker who said something, and whether they sat at the desk. */
  readonly answerers: Map<MemberId, boolean>;
  /** Members who are known as another since. */
  readonly merged: Map<MemberId, MemberId>;
}

const nothing = (): Derived => ({
  ask: null,
  claim: null,
  closed: false,
  waitingSince: null,
  lastAt: 0,
  last: { text: '', member: '' as MemberId },
  answerers: new Map(),
  merged: new Map(),
});

/** As much of a message as any record shows. */
const PREVIEW = 200;

export class ConversationState {
  readonly #facts = new Map<EntryId, Fact>();
  #derived = nothing();
  #lastPlace = -1;

  get ask(): Derived['ask'] {
    return this.#derived.ask;
  }
  get space(): SpaceId | null {
    return this.#derived.ask?.content.space ?? null;
  }
  get claim(): Claim | null {
    return this.#derived.claim;
  }
  get closed(): boolean {
    return this.#derived.closed;
  }
  get waitingSince(): number | null {
    return this.#derived.waitingSince;
  }
  get lastAt(): number {
    return this.#derived.lastAt;
  }
  get last(): Derived['last'] {
    return this.#derived.last;
  }

  /** Whether it was asked in an open space. */
  get isPublic(): boolean {
    return this.#derived.ask?.mode === SpaceMode.open;
  }
  get answerers(): number {
    return this.#derived.answerers.size;
  }

  /** Whether a member, as they are known by now, answered and does not sit at the desk. */
  answeredAsVisitor(member: MemberId): boolean {
    return this.#derived.answerers.get(member) === false;
  }

  /** Who a member is known as by now. */
  known(member: MemberId): MemberId {
    const { merged } = this.#derived;
    let known = member;
    for (let next = merged.get(known); next !== undefined; next = merged.get(known)) known = next;
    return known;
  }

  fact(id: EntryId): Fact | undefined {
    return this.#facts.get(id);
  }

  /** Whether that author asked this conversation's question. */
  isAsker(device: DeviceKey, member: MemberId): boolean {
    const { ask } = this.#derived;
    return ask !== null && (ask.device === device || ask.member === this.known(member));
  }

  add(fact: Fact): void {
    this.#facts.set(fact.id, fact);
    if (fact.place > this.#lastPlace) {
      this.#lastPlace = fact.place;
      this.#step(fact);
    } else {
      this.#deriveAnew();
    }
  }

  /** Forgets an entry and whatever followed from it. */
  remove(id: EntryId): void {
    if (this.#facts.delete(id)) this.#deriveAnew();
  }

  #deriveAnew(): void {
    this.#derived = nothing();
    const inOrder = [...this.#facts.values()].toSorted(
      (a, b) => a.place - b.place || a.seq - b.seq,
    );
    for (const fact of inOrder) this.#step(fact);
  }

  #step(fact: Fact): void {
    const state = this.#derived;
    state.lastAt = Math.max(state.lastAt, fact.received);
    const { content } = fact;
    switch (content.kind) {
      case 'ask':
        state.ask ??= { ...fact, member: this.known(fact.member), content };
        this.#word(fact, content.text);
        break;
      case 'say':
        this.#word(fact, content.text);
        break;
      case 'claim':
        state.claim ??= { id: fact.id, member: this.known(fact.member), at: fact.received };
        break;
      case 'release':
        state.claim = null;
        break;
      case 'lapse':
        if (state.claim?.id === content.claim) state.claim = null;
        break;
      case 'close':
        state.closed = true;
        state.claim = null;
        state.waitingSince = null;
        break;
      case 'reopen':
        state.closed = false;
        break;
      case 'merge':
        this.#merge(content.from, content.to);
        break;
      case 'join':
      case 'retract':
        break;
    }
  }

  #merge(from: MemberId, to: MemberId): void {
    const state = this.#derived;
    if (this.known(from) === this.known(to)) return; // it could only lead in circles
    state.merged.set(from, to);
    if (state.ask?.member === from) state.ask = { ...state.ask, member: to };
    if (state.claim?.member === from) state.claim = { ...state.claim, member: to };
    if (state.last.member === from) state.last = { ...state.last, member: to };
    const answered = state.answerers.get(from);
    if (answered !== undefined) state.answerers.set(to, answered);
    state.answerers.delete(from);
    if (state.ask) state.answerers.delete(state.ask.member);
  }

  #word(fact: Fact, text: string): void {
    const state = this.#derived;
    const member = this.known(fact.member);
    state.last = { text, member };
    if (this.isAsker(fact.device, fact.member)) {
      state.closed = false;
      state.waitingSince ??= fact.received;
      return;
    }
    state.answerers.set(member, fact.desk);
    if (fact.desk || this.isPublic) state.waitingSince = null;
  }
}

/** The fact of a row, or undefined for one this build cannot read. */
export function factOfRow(bytes: Uint8Array, community: Fingerprint): Fact | undefined {
  const row = decodeRow(bytes);
  if (row.type !== 'entry') return undefined;
  try {
    const entry = decodeEntry(row.entry, community);
    return factOf(row, entry, decodeContent(entry.kind, entry.body));
  } catch {
    return undefined; // numbered by a newer relay: kept, and passed over here
  }
}

export function factOf(
  row: EntryRow,
  entry: { readonly id: EntryId; readonly author: DeviceKey; readonly time: number },
  content: Content,
): Fact {
  return {
    id: entry.id,
    seq: row.seq,
    place: row.place,
    member: row.verdict.member,
    device: entry.author,
    desk: answersAtDesk(row.verdict.role),
    mode: row.verdict.mode,
    received: row.received,
    time: Math.min(entry.time, row.received),
    content: shortened(content),
  };
}

function shortened(content: Content): Content {
  if (content.kind !== 'ask' && content.kind !== 'say') return content;
  return { ...content, text: cutText(content.text, PREVIEW) };
}
