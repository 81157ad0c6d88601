/**
 * Decisions about this member's words, and reports about other people's: what they say on every screen, and what a
 * person can do about them, with or without a network.
 */
import { Kind } from '../../../shared/entry/kinds.ts';
import { Role, hidesAtOnce } from '../../../shared/grant/roles.ts';
import type { ConversationId, DecisionId, EntryId } from '../../../shared/ids.ts';
import { kept } from '../kept.ts';
import { memo } from '../../signals/reuse.ts';
import type { Decisions, KeptDecision, LinkState, OutboxItem, Sync } from '../sync-port.ts';
import { REPORT, decisionsOf } from './decisions-of.ts';
import { type StoredReport, reportsIn, reportsOf, withReports } from './kept-reports.ts';
import type {
  DecisionView,
  ModerationActs,
  ModerationView,
  Reporting,
} from './moderation-state.ts';

const REPORTS = 'reports';

/** How long the row may come after the relay's answer to the report. */
const LEAVING_MS = 10_000;

/** Told in the list, since their words show nowhere. */
const LISTED = new Set<DecisionView['what']>([
  'hidden',
  'erased',
  'blocked',
  'appeal-decided',
  'unknown',
]);
/** The same, unless the text still stands on this device. */
const LISTED_ELSEWHERE = new Set<DecisionView['what']>(['refused', 'change-asked']);

export class Moderation implements ModerationActs {
  readonly givenBack = new Set<string>();
  readonly #sync: Sync;
  readonly #changed: () => void;
  #book: Decisions | undefined;
  #undo: (() => void)[] = [];
  #stored: readonly StoredReport[] = [];
  /**
   * Reports of this member's that hide at once and have just left: what they hide stays hidden until its row is
   * gone, which may come a moment after the relay's answer.
   */
  leaving: readonly OutboxItem[] = [];
  /** Of the outbox: reports, and what the relay refused. */
  #reports: readonly OutboxItem[] = [];
  #refused: readonly OutboxItem[] = [];
  #reported: readonly OutboxItem[];
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();
  /** Of decisions: what is news in this visit, what was read in the list, and what the person sent away. */
  readonly #fresh = new Set<string>();
  #listed: ReadonlySet<string> = new Set();
  #dismissed: ReadonlySet<string> = new Set();
  #disposed = false;

  constructor(sync: Sync, changed: () => void) {
    this.#sync = sync;
    this.#changed = changed;
    this.#reported = reportsIn(sync.outbox.get()).map(({ item }) => item);
    void this.#load();
    this.#undo.push(sync.outbox.subscribe(() => this.#outboxChanged()));
    this.need();
  }

  /** Fetches the code of decisions, unless it is here; after a failure the next link asks again. */
  need(): void {
    if (this.#book || this.#disposed) return;
    this.#sync.decisions().then(
      (book) => {
        if (this.#book || this.#disposed) return;
        this.#book = book;
        this.#undo.push(book.all.subscribe(this.#changed));
        this.#changed();
      },
      () => {}, // what was decided is told later
    );
  }

  /** The same value until something of it changes, whatever else the outbox does. */
  get view(): ModerationView {
    const { outbox, me, link } = this.#sync;
    const { views, decisions } = this.#decided(this.#book?.all.get() ?? NONE);
    const items = outbox.get();
    this.#reports = same(
      this.#reports,
      items.filter(({ entry }) => entry.kind === Kind.report),
    );
    this.#refused = same(
      this.#refused,
      items.filter(({ state }) => state.type === 'refused'),
    );
    const hides = hidesAtOnce(me.get().grant?.role ?? Role.visitor);
    const blocked = isBlocked(link.get(), this.#sync.now());
    const sets = [this.#listed, this.#dismissed] as const;
    const notices = this.#noticed(views, this.#refused, ...sets, blocked, hides);
    const reports = this.#reportsOf(this.#stored, this.#reports, decisions);
    return this.#view(decisions, notices, reports, hides);
  }

  seen(references: readonly DecisionId[], listed = false): void {
    if (listed) this.#listed = new Set([...this.#listed, ...references]);
    void kept(this.#book?.seen(references) ?? Promise.resolve());
  }

  dismiss(reference: DecisionId): void {
    this.#dismissed = new Set([...this.#dismissed, reference]);
    this.#changed();
  }

  async appeal(reference: DecisionId, text: string): Promise<void> {
    await kept(this.#book?.appeal(reference, text) ?? Promise.resolve());
  }

  async report(conversation: ConversationId, { target, reason, text }: Reporting): Promise<void> {
    if (this.view.reports.has(target)) return;
    await kept(this.#sync.write(conversation, [{ kind: 'report', target, reason, text }]));
  }

  async takeBack(target: EntryId): Promise<void> {
    const reported = this.#stored.find((one) => one.target === target);
    if (!reported || !(await this.#sync.dismiss(reported.id).catch(() => false))) return;
    this.leaving = this.leaving.filter(({ entry }) => entry.id !== reported.id);
    await this.#keep(this.#stored.filter((one) => one !== reported));
  }

  /** Idempotent. */
  dispose(): void {
    this.#disposed = true;
    for (const timer of this.#timers) clearTimeout(timer);
    for (const undo of this.#undo.splice(0)) undo();
  }

  async #load(): Promise<void> {
    const stored = await this.#sync.readSetting<readonly StoredReport[]>(REPORTS).catch(() => null);
    if (this.#disposed) return;
    // What is in the outbox is known, also of a tab that was closed before it said so.
    this.#stored = withReports(stored ?? [], reportsIn(this.#sync.outbox.get()));
    this.#changed();
  }

  #outboxChanged(): void {
    const reports = reportsIn(this.#sync.outbox.get());
    this.#left(reports.map(({ item }) => item));
    const next = withReports(this.#stored, reports);
    if (next === this.#stored) return;
    void this.#keep(next);
  }

  #left(reported: readonly OutboxItem[]): void {
    const here = new Set(reported.map(({ entry }) => entry.id));
    const gone = this.#reported.filter(
      ({ entry, state }) => !here.has(entry.id) && state.type !== 'refused' && this.view.hides,
    );
    this.#reported = reported;
    if (gone.length === 0) return;
    this.leaving = [...this.leaving, ...gone];
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.leaving = this.leaving.filter((item) => !gone.includes(item));
      this.#changed();
    }, LEAVING_MS);
    this.#timers.add(timer);
  }

  #keep(next: readonly StoredReport[]): Promise<unknown> {
    this.#stored = next;
    this.#changed();
    return kept(this.#sync.writeSetting(REPORTS, next));
  }

  readonly #decided = memo((all: readonly KeptDecision[]) => {
    for (const { reference, seen } of all) if (!seen) this.#fresh.add(reference);
    const views = decisionsOf(all, this.#fresh);
    const decisions = new Map(views.flatMap((one) => (one.id === null ? [] : [[one.id, one]])));
    return { views, decisions };
  });

  readonly #noticed = memo(
    (
      views: readonly DecisionView[],
      refused: readonly OutboxItem[],
      listed: ReadonlySet<string>,
      dismissed: ReadonlySet<string>,
      blocked: boolean,
      hides: boolean,
    ): readonly DecisionView[] => {
      const stands = new Set<string>(refused.map(({ entry }) => entry.id));
      return views.filter((one) => {
        const { id, what, code, reference } = one;
        if (dismissed.has(reference)) return false;
        if (what === 'blocked' && blocked) return true;
        const isOutcome = code === REPORT && !(hides && what === 'hidden');
        if (code === REPORT && !isOutcome) return false;
        const isGone =
          isOutcome || LISTED.has(what) || (LISTED_ELSEWHERE.has(what) && !stands.has(id ?? ''));
        return listed.has(reference) || (isGone && !one.seen);
      });
    },
  );

  readonly #reportsOf = memo(reportsOf);

  readonly #view = memo(
    (
      decisions: ModerationView['decisions'],
      notices: ModerationView['notices'],
      reports: ModerationView['reports'],
      hides: boolean,
    ): ModerationView => ({ decisions, notices, reports, hides }),
  );
}

/** The items before if they are the same ones. */
const same = (
  before: readonly OutboxItem[],
  items: readonly OutboxItem[],
): readonly OutboxItem[] =>
  before.length === items.length && before.every((item, index) => item === items[index])
    ? before
    : items;

const NONE: readonly KeptDecision[] = [];

const isBlocked = (link: LinkState, now: number): boolean =>
  link.status === 'online' && (link.blockedUntil ?? 0) > now;
