/**
 * Reports of messages: the batch that takes one into the books also stores a job, which looks at all reports of that
 * message and hides it when they are enough.
 */
import { ReportReason } from '../../../shared/entry/report-reason.ts';
import { contentOf, decodeEntry } from '../../../shared/entry/entry.ts';
import { Kind } from '../../../shared/entry/kinds.ts';
import { HideCause } from '../../../shared/entry/hide-cause.ts';
import { type PageRequest, wholeList } from '../../../shared/api/route/page.ts';
import { Role } from '../../../shared/grant/roles.ts';
import {
  type ConversationId,
  type EntryId,
  type MemberId,
  type SpaceId,
  parseConversationId,
} from '../../../shared/ids.ts';
import type { Feature } from '../../core/feature.ts';
import type { BookEntry, BookStorage } from '../../core/ports/book-storage.ts';
import type { EventListeners } from '../../core/ports/events.ts';
import type { IsLastManager } from '../../core/ports/decisions.ts';
import type { JobResult } from '../../core/ports/jobs.ts';
import type { Log } from '../../core/ports/log.ts';
import type { Member, People } from '../../core/ports/people.ts';
import type { Write } from '../../core/ports/port.ts';
import type { RoomStorage } from '../../core/ports/room-storage.ts';
import type { Projection } from '../../core/rooms/projection.ts';
import type { Rooms } from '../../core/rooms/room-cache.ts';
import type { SubmitPolicy } from '../../core/submit/submit-policy.ts';
import { roleIn } from '../../core/submit/judge.ts';
import { forgetOldest } from '../../core/limits/forget-oldest.ts';
import { putJob } from '../../jobs/job-write.ts';
import { type HidingOptions, Hiding, reportWrite } from './hiding.ts';
import { OfficeReports } from './office-reports.ts';
import { mostGiven } from './reasons.ts';
import { ReportQueue } from './report-queue.ts';
import type { ReportCase } from './reports-storage.ts';
import { type WeighedReport, weigh } from './weigh-reports.ts';

export interface ReportsOptions extends HidingOptions {
  readonly books: Pick<BookStorage, 'booked'>;
  readonly rooms: Pick<RoomStorage, 'range' | 'fates'>;
  readonly people: Pick<People, 'membersOf' | 'blockedUntil'>;
  readonly isLastManager: IsLastManager;
  readonly log: Log;
  /** Networks where a member was seen lately, as keyed hashes. */
  readonly networksOf: (member: MemberId) => Promise<readonly string[]>;
  /** How many different members hide a message; 0: never. */
  readonly enoughIn: (space: SpaceId) => number;
}

const WEIGH = 'weigh-reports';
const FORGET = 'forget-hides';
const HOUR_MS = 3_600_000;
/** Members who are known to have written, in memory. */
const MOST_KNOWN = 20_000;
/** Of one message: more say nothing more. */
const MOST_REPORTS = 100;

/** What there is to know of a message's reports. */
interface Found {
  readonly reports: readonly BookEntry[];
  readonly weighed: readonly WeighedReport[];
  readonly before: ReportCase | undefined;
  readonly lately: ReadonlyMap<string, number>;
}

export class Reports implements Feature {
  readonly name = 'reports';
  readonly hiding: Hiding;
  readonly office: OfficeReports;
  readonly queue: ReportQueue;
  readonly #options: ReportsOptions;
  readonly #wrote = new Map<MemberId, true>();
  #turn: Promise<void> = Promise.resolve();
  readonly jobs: NonNullable<Feature['jobs']>;

  constructor(options: ReportsOptions) {
    this.#options = options;
    this.hiding = new Hiding(options);
    this.office = new OfficeReports({
      ...options,
      hiding: this.hiding,
      reportsOf: (target) => this.reportsOf(target),
    });
    this.queue = new ReportQueue({
      ...options,
      reportsOf: (target) => this.reportsOf(target),
    });
    this.jobs = {
      [WEIGH]: { run: ({ key, body }, end) => this.#weigh(key as EntryId, body, end) },
      [FORGET]: { standing: true, run: () => this.#forget() },
    };
  }

  readonly policy: SubmitPolicy = {
    booked: ({ kind, target, conversation }, batch) => {
      if (kind !== Kind.report) return;
      const due = this.#options.clock.now();
      putJob(batch, { kind: WEIGH, key: target, body: conversation, due });
    },
  };

  /** Since when somebody writes: those who never did have no say about others' words. */
  readonly projection: Projection = {
    rooms: () => [],
    project: ({ authors }, _rooms, batch) => {
      for (const member of authors) {
        if (this.#wrote.has(member)) continue;
        this.#wrote.set(member, true);
        forgetOldest(this.#wrote, MOST_KNOWN);
        batch.write(reportWrite('wroteFirst', member, this.#options.clock.now()));
      }
    },
  };

  readonly events: EventListeners = {
    'entry-erased': ({ ids }) => {
      for (const id of ids) void this.#gone(id);
    },
  };

  /** A message was withdrawn. If it cannot be written, `start` does it the next time. */
  async #gone(target: EntryId): Promise<void> {
    const { storage, log } = this.#options;
    try {
      await storage.endCase(target);
    } catch (error) {
      log.error('a reported message that is gone is still listed', error);
    }
  }

  /** Ends cases of what was erased while nobody was told: before a crash, or of a backup that was restored. */
  async start(): Promise<void> {
    const { storage, rooms } = this.#options;
    const waiting = await wholeList((page: PageRequest<number>) => storage.waitingCases([], page));
    const fates = await rooms.fates(waiting.map(({ target }) => target));
    for (const { target } of waiting)
      if (fates.get(target)?.type === 'erased') await storage.endCase(target);
  }

  /** What is known of a message's reports, the oldest first. */
  async reportsOf(target: EntryId): Promise<readonly BookEntry[]> {
    return (await this.#options.books.booked(Kind.report, target)).slice(0, MOST_REPORTS);
  }

  async #find(target: EntryId, space: SpaceId): Promise<Found> {
    const { storage, people, networksOf, clock } = this.#options;
    const [reports, before] = await Promise.all([
      this.reportsOf(target),
      storage.reportCase(target),
    ]);
    const members = await people.membersOf(reports.map(({ device }) => device));
    const known = (device: BookEntry['device']): Member | null => {
      const member = members.get(device);
      if (member === undefined || member === 'removed') return null;
      const isBlocked = people.blockedUntil({ member: member.id, device, address: '' }) > 0;
      return isBlocked ? null : member;
    };
    const persons = new Map<MemberId, BookEntry>();
    for (const report of reports) {
      const member = known(report.device);
      if (member && !persons.has(member.id)) persons.set(member.id, report);
    }
    const first = await storage.firstWrote([...persons.keys()]);
    const weighed = await Promise.all(
      Array.from(persons, async ([member, { device, at }]): Promise<WeighedReport> => ({
        member,
        role: roleIn(known(device)!, space),
        at,
        wroteSince: first.get(member),
        networks: new Set(await networksOf(member)),
      })),
    );
    const since = clock.now() - HOUR_MS;
    const lately = new Map(
      await Promise.all(
        (['machine', ...persons.keys()] as const).map(
          async (by) => [by, await storage.hidesSince(by, space, since)] as const,
        ),
      ),
    );
    return { reports, weighed, before, lately };
  }

  /** One after the other: each counts what those before it have hidden. */
  #weigh(target: EntryId, body: string, end: Write): Promise<void> {
    const weighing = this.#turn.then(() => this.#weighNow(target, body, end));
    this.#turn = weighing.catch(() => {}); // whoever waits for it is told
    return weighing;
  }

  async #weighNow(target: EntryId, body: string, end: Write): Promise<void> {
    const { committer } = this.#options;
    const id = parseConversationId(body);
    await committer.write(
      (rooms) => this.#look(rooms, id, target),
      (batch, { seen, found, space, weight }) => {
        batch.write(end);
        if (found.reports.length === 0 || space === null) return;
        const before = caseBefore(found, {
          target,
          conversation: id,
          space,
          author: seen?.fact.author.member,
        });
        if (!before) return;
        if (seen && weight.hides) {
          const { by, cause } = weight;
          const rule = cause === HideCause.reports ? 'reports' : 'report';
          const hide = {
            by,
            cause,
            code: mostGiven(this.#reasonsIn(found.reports)),
            reason: '',
            rule,
          };
          const after = this.hiding.hide(batch, seen, before, {
            ...hide,
            waits: cause !== HideCause.manager,
          });
          if (after) this.hiding.tellReporters(batch, after, found.reports, by);
          if (after) return;
        }
        // What somebody has looked at does not wait again: reporting it on would keep them busy for ever.
        if (before.reports !== found.before?.reports) this.hiding.put(batch, before);
      },
    );
  }

  async #look(rooms: Rooms, id: ConversationId, target: EntryId) {
    const room = await rooms.conversation(id);
    const { space } = room.state;
    if (space === null)
      return { seen: null, space, found: NOTHING, weight: { hides: false } as const };
    const found = await this.#find(target, space);
    const fact = room.state.fact(target);
    const keptAt = found.before?.state === 'kept' ? found.before.decided : 0;
    const weight = weigh({
      reports: found.weighed,
      authorRole: fact?.author.role ?? Role.visitor,
      keptAt,
      enough: this.#options.enoughIn(space),
      hiddenLately: (by) => found.lately.get(by) ?? 0,
    });
    const cause = weight.hides ? weight.cause : HideCause.reports;
    return { seen: await this.hiding.find(rooms, id, target, cause), space, found, weight };
  }

  /** The reasons that people gave. */
  #reasonsIn(reports: readonly BookEntry[]): number[] {
    return reports.map(({ bytes }) => {
      const content = contentOf(decodeEntry(bytes, this.#options.fingerprint));
      return content.kind === 'report' ? content.reason : ReportReason.other;
    });
  }

  async #forget(): Promise<JobResult> {
    const { storage, clock } = this.#options;
    const now = clock.now();
    await storage.forgetHides(now - HOUR_MS);
    return { again: now + 12 * HOUR_MS };
  }
}

const NOTHING: Found = { reports: [], weighed: [], before: undefined, lately: new Map() };

/** The case as it was, with as many reports as there are; undefined for words that are gone. */
function caseBefore(
  { before, weighed, reports }: Found,
  {
    author,
    ...about
  }: Pick<ReportCase, 'target' | 'conversation' | 'space'> & {
    readonly author: MemberId | undefined;
  },
): ReportCase | undefined {
  if (before) return { ...before, reports: weighed.length };
  if (author === undefined) return undefined;
  return {
    ...about,
    author,
    state: 'open',
    waits: true,
    reports: weighed.length,
    cause: 0,
    by: '',
    decided: 0,
    since: reports[0]?.at ?? 0,
    version: 0,
  };
}
