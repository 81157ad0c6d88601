/** One submit message on its way through a batch. */
import { type EntryRow, type Verdict, receiptBytes } from '../../../shared/conversation/row.ts';
import type { Content } from '../../../shared/entry/content.ts';
import { type Entry, contentOf, decodeEntry } from '../../../shared/entry/entry.ts';
import { EntryError, type EntryErrorCode } from '../../../shared/entry/schema/entry-error.ts';
import { answersAtDesk } from '../../../shared/grant/roles.ts';
import type { ConversationId, DeviceKey, EntryId } from '../../../shared/ids.ts';
import type { Outcome } from '../../../shared/protocol/outcome.ts';
import { equalSecrets } from '../limits/equal-secrets.ts';
import type { Batch } from '../rooms/batch.ts';
import type { Work } from '../rooms/committer.ts';
import { type SignatureFault, checkSignatures } from './check-signatures.ts';
import { judge } from './judge.ts';
import type { Member } from '../ports/people.ts';
import type { ConversationRoom } from '../rooms/room.ts';
import type { EntryFate } from '../ports/room-storage.ts';
import type { Answer, Source, SubmitPath } from './submit-path.ts';

/** An entry's bytes, and the row it had on a relay that was since restored from a backup. */
export interface Offered {
  readonly bytes: Uint8Array;
  readonly row?: EntryRow;
}

type Item =
  | {
      readonly type: 'read';
      readonly entry: Entry;
      readonly content: Content;
      /** The row it had here, if its receipt is ours. */
      readonly kept: EntryRow | undefined;
    }
  | { readonly type: 'refused'; readonly id: EntryId; readonly code: EntryErrorCode };

/** When the disk did not take it. */
const RETRY_MS = 2_000;

export class SubmitWork implements Work {
  readonly #path: SubmitPath;
  readonly #items: readonly Item[];
  readonly #source: Source;
  readonly #answer: (answers: Answer[]) => void;
  readonly #outcomes = new Map<EntryId, Outcome>();
  readonly #rooms = new Map<ConversationId, ConversationRoom>();
  readonly #late = new Map<DeviceKey, number>();
  #fates: ReadonlyMap<EntryId, EntryFate> = new Map();
  #members: ReadonlyMap<DeviceKey, Member | 'removed'> = new Map();
  readonly #faults = new Map<Entry, SignatureFault | null>();

  constructor(
    path: SubmitPath,
    offered: readonly Offered[],
    source: Source,
    answer: (answers: Answer[]) => void,
  ) {
    this.#path = path;
    this.#source = source;
    this.#answer = answer;
    this.#items = offered.map((item) => this.#read(item));
  }

  async load(): Promise<void> {
    const { storage, membersOf, rooms } = this.#path.options;
    const read = this.#items.filter((item) => item.type === 'read');
    const ids = new Set<EntryId>();
    for (const { entry, content } of read) {
      ids.add(entry.id);
      if (content.kind === 'retract') ids.add(content.target);
    }
    const conversations = new Set(read.map(({ entry }) => entry.conversation));
    [this.#fates, this.#members] = await Promise.all([
      storage.fates([...ids]),
      membersOf([...new Set([this.#source.connection, ...read.map(({ entry }) => entry.author)])]),
      ...[...conversations].map(async (id) => this.#rooms.set(id, await rooms.conversation(id))),
    ]);
    await Promise.all(
      read
        .filter(({ entry }) => !this.#fates.has(entry.id))
        .map(async ({ entry, content, kept }) =>
          this.#faults.set(
            entry,
            await checkSignatures(entry, content, kept !== undefined, this.#path.options),
          ),
        ),
    );
  }

  apply(batch: Batch): void {
    for (const item of this.#items) {
      if (item.type === 'refused') {
        this.#outcomes.set(item.id, { type: 'refused', code: item.code });
      } else if (!this.#outcomes.has(item.entry.id)) {
        this.#outcomes.set(item.entry.id, this.#outcomeOf(item, batch));
      }
    }
  }

  settle(durable: boolean): void {
    const retry: Outcome = { type: 'later', afterMs: RETRY_MS };
    this.#answer(
      this.#items.map((item): Answer => {
        if (item.type === 'refused')
          return { id: item.id, outcome: { type: 'refused', code: item.code } };
        const { id, conversation } = item.entry;
        const outcome = durable ? (this.#outcomes.get(id) ?? retry) : retry;
        if (item.content.kind === 'ask') {
          if (outcome.type === 'later') this.#path.postpone(conversation);
          else this.#path.settled(conversation);
        }
        return { id, outcome };
      }),
    );
  }

  #read({ bytes, row }: Offered): Item {
    try {
      const entry = decodeEntry(bytes, this.#path.options.authority.fingerprint);
      const kept = row && this.#isOurs(entry, row) ? row : undefined;
      return { type: 'read', entry, content: contentOf(entry), kept };
    } catch (error) {
      const code = error instanceof EntryError ? error.code : 'malformed';
      return { type: 'refused', id: this.#path.idOf(bytes), code };
    }
  }

  #outcomeOf({ entry, content, kept }: Extract<Item, { type: 'read' }>, batch: Batch): Outcome {
    const room = this.#rooms.get(entry.conversation);
    const author = this.#members.get(entry.author);
    if (!room || !author) return { type: 'later', afterMs: RETRY_MS };
    const fate = this.#fates.get(entry.id);
    if (fate?.type === 'erased') return { type: 'refused', code: 'erased' };
    const seq = fate?.seq ?? room.state.fact(entry.id)?.seq;
    if (seq !== undefined) return { type: 'duplicate', seq };
    if (author === 'removed') return { type: 'refused', code: 'removed' };
    // What was judged before came from wherever it came.
    const address = kept ? '' : this.#addressOf(entry);
    const actor = { member: author.id, device: entry.author, address };
    for (const policy of this.#path.policies) {
      const code = policy.admit?.(actor) ?? null;
      if (code !== null) return { type: 'refused', code };
    }

    const { authority, modeOf } = this.#path.options;
    const community = authority.fingerprint;
    const judged = kept
      ? ({ type: 'accepted', verdict: kept.verdict } as const)
      : judge(entry, content, { community, room, author, fates: this.#fates, modeOf });
    if (judged.type !== 'accepted') {
      const waits =
        judged.type === 'refused' &&
        judged.code === 'unknown-conversation' &&
        content.kind !== 'ask' &&
        this.#path.isPostponed(entry.conversation);
      return waits ? { type: 'later', afterMs: RETRY_MS } : judged;
    }
    const unsigned = this.#faults.get(entry);
    if (unsigned === undefined) return { type: 'later', afterMs: RETRY_MS };
    if (unsigned) return { type: 'refused', code: unsigned };
    const waitMs = kept ? 0 : this.#charge(entry.author, content);
    if (waitMs > 0) return { type: 'later', afterMs: waitMs };
    for (const policy of this.#path.policies) policy.took?.(actor);
    return {
      type: 'durable',
      seq: this.#number(batch, room, entry, content, judged.verdict, kept),
    };
  }

  #number(
    batch: Batch,
    room: ConversationRoom,
    entry: Entry,
    content: Content,
    verdict: Verdict,
    kept: EntryRow | undefined,
  ): number {
    const { authority, platform } = this.#path.options;
    const received = kept?.received ?? platform.clock.now();
    const rowAt = (seq: number): EntryRow => {
      const place = kept?.place ?? seq;
      const receipt = authority.seal(receiptBytes(entry.id, { place, received, verdict }));
      return { type: 'entry', seq, place, received, verdict, receipt, entry: entry.bytes };
    };
    const seq = batch.append(room, { entry, content, rowAt });
    if (content.kind === 'retract') batch.erase(room, content.target);
    return seq;
  }

  /**
   * Where an entry comes from; empty where that says nothing of its author. The desk may carry what
   * others wrote out of reach; anybody else could bring their own words under another key.
   */
  #addressOf({ author }: Entry): string {
    const { connection, address } = this.#source;
    const carrier = this.#members.get(connection);
    const isDesk = carrier !== 'removed' && carrier && answersAtDesk(carrier.role);
    return author !== connection && isDesk ? '' : address;
  }

  /** Whether an offered row carries our own receipt. */
  #isOurs(entry: Entry, row: EntryRow): boolean {
    const receipt = this.#path.options.authority.seal(receiptBytes(entry.id, row));
    return equalSecrets(receipt, row.receipt);
  }

  /** Charges the author, who is proved by now. Once one must wait, all their later ones do. */
  #charge(author: DeviceKey, content: Content): number {
    const waitMs =
      this.#late.get(author) ??
      (this.#path.authors.take(author) ||
        (content.kind === 'ask' ? this.#path.chargeAsk(this.#source, author) : 0));
    if (waitMs > 0) this.#late.set(author, waitMs);
    return waitMs;
  }
}
