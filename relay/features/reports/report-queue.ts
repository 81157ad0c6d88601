/** Reported messages as the brand's people see them: the words, what was said before, and who says why. */
import type { ReportItem } from '../../../shared/api/reports.ts';
import type { KeyedPage, PageRequest } from '../../../shared/api/route/page.ts';
import { readEntryRow } from '../../../shared/conversation/read-row.ts';
import { type EntryRow, decodeRow } from '../../../shared/conversation/row.ts';
import { contentOf, decodeEntry } from '../../../shared/entry/entry.ts';
import type { EntryId, Fingerprint, SpaceId } from '../../../shared/ids.ts';
import { conversationRoom } from '../../../shared/protocol/rooms.ts';
import type { HiddenStorage } from '../../core/hidden/hidden-storage.ts';
import type { BookEntry } from '../../core/ports/book-storage.ts';
import type { RoomStorage } from '../../core/ports/room-storage.ts';
import { reasonName } from './reasons.ts';
import type { ReportCase, ReportStorage } from './reports-storage.ts';

export interface ReportQueueOptions {
  readonly storage: Pick<ReportStorage, 'waitingCases'>;
  readonly hidden: Pick<HiddenStorage, 'hiddenEntry'>;
  readonly rooms: Pick<RoomStorage, 'range' | 'fates'>;
  readonly reportsOf: (target: EntryId) => Promise<readonly BookEntry[]>;
  readonly fingerprint: Fingerprint;
}

/** Rows before a message among which its context is, and how many messages of them are shown. */
const ROWS_BEFORE = 12;
const MOST_BEFORE = 3;
const CONTEXT_BYTES = 128 * 1024;

export class ReportQueue {
  readonly #options: ReportQueueOptions;

  constructor(options: ReportQueueOptions) {
    this.#options = options;
  }

  /**
   * @param spaces none: everywhere
   * @param names whether whoever asks may know who reported
   */
  async list(
    spaces: readonly SpaceId[],
    names: boolean,
    page: PageRequest<number>,
  ): Promise<KeyedPage<ReportItem, number>> {
    const { items, next } = await this.#options.storage.waitingCases(spaces, page);
    return { items: await Promise.all(items.map((one) => this.#itemOf(one, names))), next };
  }

  async #itemOf(one: ReportCase, names: boolean): Promise<ReportItem> {
    const { target: id, conversation, space, author, state, cause, by, decided, since } = one;
    const [row, reports] = await Promise.all([this.#rowOf(one), this.#options.reportsOf(id)]);
    return {
      id,
      conversation,
      space,
      author,
      state,
      cause,
      by,
      decided,
      since,
      count: one.reports,
      reports: reports.map((report) => this.#reportOf(report, names)),
      text: row ? (this.#saidIn(row) ?? '') : '',
      context: row ? await this.#before(one, row) : [],
      version: one.version,
    };
  }

  #reportOf({ bytes, member, at }: BookEntry, names: boolean): ReportItem['reports'][number] {
    const content = contentOf(decodeEntry(bytes, this.#options.fingerprint));
    const { reason, text } = content.kind === 'report' ? content : { reason: 0, text: '' };
    return { member: names ? member : null, reason: reasonName(reason), text, at };
  }

  async #rowOf({ target, conversation }: ReportCase): Promise<EntryRow | undefined> {
    const { rooms, hidden } = this.#options;
    const fate = (await rooms.fates([target])).get(target);
    const bytes =
      fate?.type === 'numbered'
        ? (await rooms.range(conversationRoom(conversation), fate.seq, 1)).rows[0]?.bytes
        : (await hidden.hiddenEntry(target))?.bytes;
    const row = bytes && decodeRow(bytes);
    return row?.type === 'entry' ? row : undefined;
  }

  async #before({ conversation }: ReportCase, { place }: EntryRow): Promise<ReportItem['context']> {
    const from = Math.max(0, place - ROWS_BEFORE);
    const room = conversationRoom(conversation);
    const { rows } = await this.#options.rooms.range(room, from, CONTEXT_BYTES);
    const said = rows.flatMap(({ seq, bytes }) => {
      const row = decodeRow(bytes);
      if (seq >= place || row.type !== 'entry') return [];
      const text = this.#saidIn(row);
      return text === undefined ? [] : [{ member: row.verdict.member, text, at: row.received }];
    });
    return said.slice(-MOST_BEFORE);
  }

  #saidIn(row: EntryRow): string | undefined {
    const content = readEntryRow(row, this.#options.fingerprint).read?.content;
    return content?.kind === 'ask' || content?.kind === 'say' ? content.text : undefined;
  }
}
