/**
 * The state of a conversation: the one reducer. The relay judges the next entry by it and derives its
 * records from it; a device derives its screens from it. The state is only facts in sorted lists, and each
 * question asks a list for its first or last item. So a row can be added or erased anywhere, in any order,
 * without looking at the others again.
 */
import type { Effect } from '../entry/schema/effect.ts';
import type { Page } from '../entry/schema/field.ts';
import type { Ownership } from '../entry/schema/standing.ts';
import { answersAtDesk } from '../grant/roles.ts';
import type { DeviceKey, EntryId, MemberId, SpaceId } from '../ids.ts';
import { SpaceMode } from '../space-mode.ts';
import { type Author, type Fact, inOrder } from './fact.ts';
import { Hides, hideTarget, standInFor } from './hides.ts';
import { Ordered } from './ordered.ts';
import { type Person, Persons } from './persons.ts';

/** The question: the first `ask`. */
export interface Question {
  readonly id: EntryId;
  /** Who asked, as they are known now. */
  readonly member: MemberId;
  readonly space: SpaceId;
  /** Its first words; none while it is hidden. */
  readonly text: string;
  readonly page: Page;
  readonly lang: string;
  /** The space's mode when it was asked. */
  readonly mode: SpaceMode;
  /** When it was asked, as shown, and when the relay got it, ms. */
  readonly time: number;
  readonly received: number;
}

/** Who has the conversation. */
export interface Claim {
  readonly id: EntryId;
  readonly member: MemberId;
  /** When the relay got it, ms. */
  readonly at: number;
}

/** What one author said. */
interface Voice {
  readonly author: Author;
  readonly words: Ordered<Fact>;
}

const facts = (): Ordered<Fact> => new Ordered(inOrder);
/** Voices by their last word: all of them have said something. */
const voices = (): Ordered<Voice> => new Ordered((a, b) => inOrder(a.words.last!, b.words.last!));

/** The latest of some facts. */
const latest = (...some: readonly (Fact | undefined)[]): Fact | undefined =>
  some.reduce((a, b) => (a && (!b || inOrder(a, b) > 0) ? a : b), undefined);

const isAfter = (a: Fact | undefined, b: Fact): boolean => a !== undefined && inOrder(a, b) > 0;

export class ConversationState implements Ownership {
  readonly #byId = new Map<EntryId, Fact>();
  /** Later rows of an entry that has an earlier row: they count once that one is erased. */
  readonly #doubles = new Map<EntryId, Fact[]>();
  readonly #rows = facts();
  readonly #asks = facts();
  readonly #claims = facts();
  readonly #frees = facts();
  readonly #closes = facts();
  readonly #reopens = facts();
  readonly #merges = facts();
  /** How often each was withdrawn, or ended. */
  readonly #withdrawn = new Map<EntryId, number>();
  readonly #ended = new Map<EntryId, number>();
  readonly #hides = new Hides();
  /** Everyone who ever wrote, by device. */
  readonly #voices = new Map<DeviceKey, Voice[]>();
  #question: Fact | null = null;
  #bytes = 0;
  /** Voices of the asker, of others at the desk, and of other visitors. */
  #asker = voices();
  #desk = voices();
  #visitors = voices();
  /** Who is whom, with what they said as somebody other than the asker. */
  #persons = new Persons<Voice>();
  /** Those who said such. */
  #answering = new Set<Person<Voice>>();

  /** Null until an `ask` is known. */
  get ask(): Question | null {
    const fact = this.#question;
    if (!fact?.effect?.asks) return null;
    const { id, author, mode, time, received, effect } = fact;
    const member = this.known(author.member);
    const isHidden = this.hiddenBy(id) !== undefined;
    const shown = isHidden
      ? { page: { url: '', title: '' }, text: '' }
      : { text: effect.says ?? '' };
    return { id, member, ...effect.asks!, ...shown, mode, time, received };
  }

  get space(): SpaceId | null {
    return this.#question?.effect?.asks?.space ?? null;
  }

  /** The asker, as they are known now. */
  get asker(): Author | null {
    return this.#question && this.named(this.#question.author);
  }

  /** Whether it was asked in an open space: it is public while the space is open. */
  get isPublic(): boolean {
    return this.#question?.mode === SpaceMode.open;
  }

  /** The first claim that nobody released, ended or closed. */
  get claim(): Claim | null {
    const fact = this.#claims.after(this.#frees.last);
    return fact ? { id: fact.id, member: this.known(fact.author.member), at: fact.received } : null;
  }

  /** Closed, and not opened again since by a `reopen` or a message of the asker. */
  get closed(): boolean {
    const { last } = this.#closes;
    return (
      last !== undefined &&
      !isAfter(this.#reopens.last, last) &&
      !isAfter(this.#asker.last?.words.last, last)
    );
  }

  /** When the relay got the asker's first message that nobody has answered yet. */
  get waitingSince(): number | null {
    const answer = latest(
      this.#closes.last,
      this.#desk.last?.words.last,
      this.isPublic ? this.#visitors.last?.words.last : undefined,
    );
    let first: Fact | undefined;
    for (const { words } of this.#asker) {
      const word = words.after(answer);
      if (word && (!first || inOrder(word, first) < 0)) first = word;
    }
    return first?.received ?? null;
  }

  /** When the relay got the asker's newest message; 0 for none. */
  get askerAt(): number {
    return this.#asker.last?.words.last?.received ?? 0;
  }

  /** When the relay got the newest row. */
  get lastAt(): number {
    return this.#rows.last?.received ?? 0;
  }

  /** What the entries take together. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The start of the newest message, and whose. */
  get last(): { readonly text: string; readonly member: MemberId } {
    const spoken = [this.#asker, this.#desk, this.#visitors].map(({ last }) => last?.words.last);
    const fact = latest(...spoken);
    return {
      text: fact?.effect?.says ?? '',
      member: fact ? this.known(fact.author.member) : ('' as MemberId),
    };
  }

  /** How many people other than the asker said something. */
  get answererCount(): number {
    return this.#answering.size;
  }

  /**
   * People other than the asker who said something, in order of their first message, with the role of
   * their last.
   */
  get answerers(): Author[] {
    return [...this.#answering]
      .map(({ name, things }) => {
        const said = [...things];
        const first = said.map(({ words }) => words.first!).sort(inOrder)[0]!;
        const last = latest(...said.map(({ words }) => words.last))!;
        return { first, author: { ...last.author, member: name } };
      })
      .sort((a, b) => inOrder(a.first, b.first))
      .map(({ author }) => author);
  }

  /** Whether a member is an answerer who was not at the desk when they last said something. */
  answeredAsVisitor(member: MemberId): boolean {
    const said = this.#persons.find(member)?.things ?? [];
    const last = latest(...Array.from(said, ({ words }) => words.last));
    return last !== undefined && !answersAtDesk(last.author.role);
  }

  /** Who a member is known as now. */
  known(member: MemberId): MemberId {
    return this.#persons.known(member);
  }

  /** An author as they are known now. */
  named(author: Author): Author {
    const member = this.known(author.member);
    return member === author.member ? author : { ...author, member };
  }

  /** Whether that author asked the question. */
  isAsker(device: DeviceKey, member: MemberId): boolean {
    const author = this.#question?.author;
    return (
      author !== undefined &&
      (author.device === device || this.known(author.member) === this.known(member))
    );
  }

  said(id: EntryId, member: MemberId): boolean {
    const fact = this.#byId.get(id);
    return (
      fact?.effect?.says !== undefined &&
      !fact.effect.asks &&
      this.known(fact.author.member) === this.known(member)
    );
  }

  holds(member: MemberId): boolean {
    return this.claim?.member === this.known(member);
  }

  /** The row that holds an entry; if there are several, the first. */
  fact(id: EntryId): Fact | undefined {
    return this.#byId.get(id);
  }

  /** Whether a message was withdrawn. */
  isWithdrawn(id: EntryId): boolean {
    return this.#withdrawn.has(id);
  }

  /** The row that hides a message; undefined while it may be seen. */
  hiddenBy(id: EntryId): Fact | undefined {
    return this.#hides.by(id);
  }

  /** All rows in order, one of each entry. */
  get rows(): Iterable<Fact> {
    return this.#rows;
  }

  /** Rows that are left out because an earlier row holds the same entry. */
  get doubles(): Fact[] {
    return [...this.#doubles.values()].flat();
  }

  add(row: Fact): void {
    const fact = { ...row, author: this.#voiceOf(row.author).author };
    const there = this.#byId.get(fact.id);
    if (!there) {
      this.#put(fact, true);
      return;
    }
    const [first, other] = inOrder(there, fact) < 0 ? [there, fact] : [fact, there];
    this.#doubles.set(fact.id, [...(this.#doubles.get(fact.id) ?? []), other].sort(inOrder));
    if (first === there) return;
    this.#put(there, false);
    this.#put(fact, true);
  }

  /**
   * Forgets a row, and everything that followed from it.
   * @param seq which row, if an entry has several.
   * @default the one that counts
   */
  erase(id: EntryId, seq?: number): void {
    const there = this.#byId.get(id);
    if (!there) return;
    const doubles = this.#doubles.get(id) ?? [];
    const gone = seq === undefined || there.seq === seq;
    const left = gone ? doubles.slice(1) : doubles.filter((double) => double.seq !== seq);
    if (left.length > 0) this.#doubles.set(id, left);
    else this.#doubles.delete(id);
    if (!gone) return;
    this.#put(there, false);
    if (doubles[0]) this.#put(doubles[0], true);
  }

  /** Puts a row into its lists, or takes it out of them. */
  #put(fact: Fact, isIn: boolean): void {
    const { id, effect } = fact;
    if (isIn) this.#byId.set(id, fact);
    else this.#byId.delete(id);
    set(this.#rows, fact, isIn);
    this.#bytes += isIn ? fact.bytes : -fact.bytes;
    if (!effect) return;
    if (effect.asks) this.#asked(fact, isIn);
    else if (this.#speaks(fact)) this.#word(fact, isIn);
    if (effect.claims && !this.#ended.has(id)) set(this.#claims, fact, isIn);
    if (effect.frees) set(this.#frees, fact, isIn);
    if (effect.closes) set(this.#closes, fact, isIn);
    if (effect.reopens) set(this.#reopens, fact, isIn);
    if (effect.withdraws)
      this.#changing(effect.withdraws, (target) => void counted(this.#withdrawn, target, isIn));
    const hidden = hideTarget(effect);
    if (hidden) this.#hidden(fact, hidden, isIn);
    if (effect.ends && counted(this.#ended, effect.ends, isIn)) {
      const target = this.#byId.get(effect.ends);
      if (target?.effect?.claims) set(this.#claims, target, !isIn);
    }
    if (effect.unites) this.#unite(fact, effect.unites, isIn);
  }

  /** Whether it counts as a message of its author. */
  #speaks(fact: Fact): boolean {
    const { id, effect } = fact;
    if (effect?.says === undefined || this.hiddenBy(id)) return false;
    // Not by id: what is left of a hidden question has the id of the question.
    return effect.asks ? fact === this.#question : !this.#withdrawn.has(id);
  }

  /** Makes a change after which a message may count that did not, or the other way round. */
  #changing(id: EntryId, change: (id: EntryId) => void): void {
    const fact = this.#byId.get(id);
    const before = fact !== undefined && this.#speaks(fact);
    change(id);
    if (fact && this.#speaks(fact) !== before) this.#word(fact, !before);
  }

  #hidden(fact: Fact, target: EntryId, isIn: boolean): void {
    const before = this.hiddenBy(target);
    this.#changing(target, () => this.#hides.set(target, fact, isIn));
    const after = this.hiddenBy(target);
    if (before === after) return;
    const [gone, come] = [before && standInFor(before), after && standInFor(after)];
    if (gone) this.#asked(gone, false);
    if (come) this.#asked(come, true);
  }

  #asked(fact: Fact, isIn: boolean): void {
    set(this.#asks, fact, isIn);
    const question = this.#asks.first ?? null;
    const before = this.#question;
    if (question === before) return;
    if (before && this.#speaks(before)) this.#word(before, false);
    const { device, member } = question?.author ?? {};
    const moved = new Set([
      ...this.#asker,
      ...(member ? this.#persons.of(member).things : []),
      ...((device && this.#voices.get(device)) ?? []),
    ]);
    this.#move(moved, () => (this.#question = question));
    if (question && this.#speaks(question)) this.#word(question, true);
  }

  #voiceOf(author: Author): Voice {
    const { device, member, role } = author;
    const known = this.#voices.get(device) ?? [];
    const there = known.find(
      (voice) => voice.author.member === member && voice.author.role === role,
    );
    if (there) return there;
    const voice = { author, words: facts() };
    this.#voices.set(device, [...known, voice]);
    return voice;
  }

  #word(fact: Fact, isIn: boolean): void {
    const voice = this.#voiceOf(fact.author);
    const { words } = voice;
    const isLast = !isAfter(words.last, fact);
    if (isLast) this.#stand(voice, false);
    set(words, fact, isIn);
    if (isLast) this.#stand(voice, true);
  }

  /** Adds a voice to those of its side, or removes it. A voice that said nothing is in no list. */
  #stand(voice: Voice, isIn: boolean): void {
    if (!voice.words.last) return;
    const { device, member, role } = voice.author;
    if (this.isAsker(device, member)) {
      set(this.#asker, voice, isIn);
      return;
    }
    set(answersAtDesk(role) ? this.#desk : this.#visitors, voice, isIn);
    const person = this.#persons.of(member);
    if (isIn) person.things.add(voice);
    else person.things.delete(voice);
    this.#answers(person);
  }

  #answers(person: Person<Voice>): void {
    if (person.things.size > 0) this.#answering.add(person);
    else this.#answering.delete(person);
  }

  /** Makes a change that may move voices to another side. */
  #move(moved: Iterable<Voice>, change: () => void): void {
    for (const voice of moved) this.#stand(voice, false);
    change();
    for (const voice of moved) this.#stand(voice, true);
  }

  #unite(fact: Fact, { from, to }: Required<Effect>['unites'], isIn: boolean): void {
    set(this.#merges, fact, isIn);
    if (!isIn) this.#partAgain();
    else if (this.known(from) !== this.known(to)) this.#join(this.known(from), this.known(to));
    if (this.#merges.last !== fact) this.#nameAnew();
  }

  #join(one: MemberId, other: MemberId): void {
    const asker = this.asker?.member;
    const joins = asker === one ? other : asker === other ? one : undefined;
    // What turns out to be the asker's own was not an answer.
    this.#move(joins ? [...this.#persons.of(joins).things] : [], () => {
      this.#answering.delete(this.#persons.unite(one, other));
      this.#answers(this.#persons.of(other));
    });
  }

  /** Merges one after the other. One that says nothing new could only lead in circles. */
  #united<T>(): Persons<T> {
    const persons = new Persons<T>();
    for (const { effect } of this.#merges) {
      const { from, to } = effect!.unites!;
      if (persons.known(from) !== persons.known(to)) persons.unite(from, to);
    }
    return persons;
  }

  /** A merge that came out of order: it is known who is the same person, but not under which name. */
  #nameAnew(): void {
    const persons = this.#united<never>();
    for (const { effect } of this.#merges) {
      const { to } = effect!.unites!;
      this.#persons.of(to).name = persons.known(to);
    }
  }

  /** A merge was erased: looks at all merges and voices again. */
  #partAgain(): void {
    this.#persons = this.#united();
    this.#answering = new Set();
    [this.#asker, this.#desk, this.#visitors] = [voices(), voices(), voices()];
    for (const known of this.#voices.values()) {
      for (const voice of known) this.#stand(voice, true);
    }
  }
}

function set<T>(list: Ordered<T>, item: T, isIn: boolean): void {
  if (isIn) list.add(item);
  else list.delete(item);
}

/** Counts an id once more or once less; returns whether that made it appear or disappear. */
function counted(counts: Map<EntryId, number>, id: EntryId, more: boolean): boolean {
  const before = counts.get(id) ?? 0;
  const now = before + (more ? 1 : -1);
  if (now > 0) counts.set(id, now);
  else counts.delete(id);
  return before === 0 || now === 0;
}
