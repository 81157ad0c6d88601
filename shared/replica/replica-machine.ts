/**
 * A device's copy of a room, as a pure machine: events in, effects out. It decides what is kept, when
 * the copy is dropped and loaded again, what is set aside meanwhile, and what the relay is offered;
 * the document, the disk, the channel and the clock are the device's (decision 11).
 *
 * A relay that was restored from a backup may number other rows under the numbers held here. So what
 * was there when the room was opened is remembered until the digest agrees, and nothing is kept on the
 * device before (decision 7).
 */
import type { Row } from '../conversation/row.ts';
import type { Entry } from '../entry/entry.ts';
import type { EntryId, Fingerprint } from '../ids.ts';
import { CloseCode, isFinal } from '../protocol/close-codes.ts';
import { type Digest, sameRows } from '../protocol/digest.ts';
import { AsideRows } from './aside.ts';
import { ReplicaRows } from './replica-rows.ts';
import type { ReplicaEffect, ReplicaEvent, ReplicaStatus, LeaderUpdate } from './replica-events.ts';
import type { KeptReplica, ReplicaRecord } from './replica-record.ts';

/** Waits between repairs when the relay's digest differs again and again. */
const REPAIR_MS = { first: 2_500, most: 300_000 };

export class ReplicaMachine {
  readonly #rows: ReplicaRows;
  readonly #aside: AsideRows;
  #effects: ReplicaEffect[] = [];
  #status: ReplicaStatus = 'loading';
  #record: ReplicaRecord = { generation: 0, epoch: 0, changedAt: 0, contactAt: 0 };
  #leads = false;
  #blank = true;
  /** It knows things that may not be stored on the device yet. */
  #dirty = false;
  /** Updates cannot be added to what is stored on the device. */
  #unkept = false;
  /** The document was blank when the room was opened, so a difference does not come from a stale replica. */
  #freshly = true;
  /** What was held when the room was opened, until the digest agrees. */
  #unsure: Set<Uint8Array> | null = null;
  /** The generation to start again with, while rows are being set aside. */
  #startingOver: number | null = null;
  /** How often the digest differed since it last agreed. */
  #differed = 0;
  #waiting = false;

  constructor(community: Fingerprint) {
    this.#rows = new ReplicaRows(community);
    this.#aside = new AsideRows(community);
  }

  get status(): ReplicaStatus {
    return this.#status;
  }

  /** Live rows in order of seq. A new array when anything changed. */
  get rows(): readonly Row[] {
    return this.#rows.rows;
  }

  /** Entries that were set aside and that the room does not number. */
  get overlay(): readonly Entry[] {
    return this.#aside.shown(this.#rows.numbered).map(({ entry }) => entry);
  }

  /** The rows of `overlay`. */
  get asideBytes(): readonly Uint8Array[] {
    return this.#aside.shown(this.#rows.numbered).map(({ bytes }) => bytes);
  }

  /** Ids of the entries that the room numbers. */
  get numbered(): ReadonlySet<EntryId> {
    return this.#rows.numbered;
  }

  /** Whether it holds any entry, be it aside. */
  get holdsEntries(): boolean {
    return this.#rows.numbered.size > 0 || !this.#aside.isEmpty;
  }

  get digest(): Omit<Digest, 'rev'> {
    return this.#rows.digest;
  }

  get generation(): number {
    return this.#record.generation;
  }

  get epoch(): number {
    return this.#record.epoch;
  }

  /**
   * Whether what it holds is known to be the relay's history, and is stored on the device. Rows that are being
   * set aside are neither: the relay holds others.
   */
  get sure(): boolean {
    return this.#unsure === null && this.#startingOver === null;
  }

  /** What to do about an event, in order. */
  handle(event: ReplicaEvent): readonly ReplicaEffect[] {
    this.#effects = [];
    switch (event.type) {
      case 'loaded':
        this.#load(event);
        break;
      case 'lead':
        this.#lead(event.kept);
        break;
      case 'follow':
        this.#follow();
        break;
      case 'leaderUpdate':
        if (!this.#leads) this.#followLeader(event);
        break;
      case 'opened':
        if (this.#leads) this.#open(event.generation);
        break;
      case 'closed':
        if (this.#leads) this.#closed(event.code);
        break;
      case 'changed':
        this.#change(event);
        break;
      case 'digest':
        if (this.#leads) this.#compare(event.digest, event.at);
        break;
      case 'setAside':
        this.#begin(event.failed);
        break;
      case 'notKept':
        this.#unkept = true;
        break;
      case 'waited':
        if (this.#waiting) this.#startOver(this.generation);
        break;
      case 'erased':
        this.#aside.ban(event.ids);
        this.#forget(event.ids);
        break;
      case 'refused':
        this.#forget(event.ids);
        break;
      case 'offerAgain':
        this.#offer();
        break;
    }
    return this.#effects;
  }

  // ---- Who leads -----------------------------------------------------------------------------

  #load(kept: KeptReplica): void {
    this.#record = kept.record ?? this.#record;
    this.#aside.keep(kept.aside);
    this.#status = 'local';
    this.#do({ type: 'apply', updates: kept.updates });
    this.#show();
  }

  /** Joins what the other tab wrote since with what it told: otherwise one would overwrite the other. */
  #lead(kept: KeptReplica | null): void {
    this.#leads = true;
    if (kept) this.#takeKept(kept);
    if (this.#dirty) this.#keepWhole();
    this.#dirty = false;
    this.#do({ type: 'open' });
  }

  #takeKept({ record, updates, aside }: KeptReplica): void {
    if (record && record.epoch >= this.epoch) {
      if (record.epoch > this.epoch || record.generation !== this.generation) {
        this.#drop();
        this.#dirty = false;
      }
      this.#record = record;
      this.#do({ type: 'apply', updates });
    } else if (!this.#blank) this.#dirty = true; // dropped by the other, or older than what is held here
    this.#aside.keep(aside);
    this.#show();
  }

  #follow(): void {
    this.#leads = false;
    this.#waiting = false;
    if (this.#startingOver !== null) this.#unkept = true;
    this.#startingOver = null;
    if (this.#status !== 'loading') this.#status = 'local';
    this.#do({ type: 'close' });
    this.#show();
  }

  #followLeader({ generation, epoch, status, update, aside }: LeaderUpdate): void {
    const same = this.generation === generation && this.epoch === epoch;
    const other = !same && !(this.#blank && this.#aside.isEmpty);
    if (other) this.#drop();
    this.#record = { ...this.#record, generation, epoch };
    this.#dirty = true;
    this.#status = status;
    this.#aside.clear();
    this.#aside.keep(aside);
    // An update of another history does not hold all of it.
    if (other) this.#do({ type: 'ask' });
    else if (update) this.#do({ type: 'apply', updates: [update] });
    this.#show();
  }

  // ---- The relay -----------------------------------------------------------------------------

  #open(generation: number): void {
    const same = this.generation === generation || this.generation === 0;
    // Rows of two generations are never mixed.
    if (!same && !this.#blank) return this.#startOver(generation);
    this.#record = { ...this.#record, generation };
    this.#freshly = this.#blank;
    // It was opened before and the digest did not agree: the relay may have been restored since.
    if (!this.#freshly) {
      this.#unsure ??= new Set();
      for (const bytes of this.#rows.bytes) this.#unsure.add(bytes);
    }
    this.#do({ type: 'sync' });
  }

  #closed(code: number): void {
    if (code === CloseCode.unknownRoom) {
      // Nobody asked yet, or the relay was restored from a backup older than the whole room.
      this.#status = 'unknown';
      if (this.#blank) this.#offer();
      else this.#startOver(0);
    } else if (isFinal(code)) this.#status = 'refused';
    else if (this.#status === 'synced') this.#status = 'local';
    this.#show();
  }

  #change({ rows, blank, update, at }: Extract<ReplicaEvent, { type: 'changed' }>): void {
    this.#rows.update(rows);
    this.#blank = blank;
    this.#show();
    if (!update || !this.#leads) return;
    this.#record = { ...this.#record, changedAt: at };
    if (this.#unsure !== null) {
      this.#unkept = true;
      return;
    }
    if (this.#unkept) this.#keepWhole();
    else {
      const { bytes, erases } = update;
      this.#do({ type: 'append', update: bytes, record: this.#record, erases });
    }
    this.#do({ type: 'pass', update: update.bytes });
  }

  #compare(digest: Digest, at: number): void {
    if (!sameRows(digest, this.#rows.digest)) return this.#repair();
    this.#freshly = false;
    this.#differed = 0;
    this.#waiting = false;
    this.#record = { ...this.#record, contactAt: at };
    // What was erased since the room was opened may be another row under the same number: then only
    // this device still holds it. Offered, and not shown: most likely it was withdrawn.
    const gone = this.#aside.keepHidden(this.#unsure ?? [], this.#rows.numbered);
    this.#unsure = null;
    if (this.#unkept || gone.length > 0) {
      this.#keepWhole(gone);
      this.#do({ type: 'pass', update: null });
    } else this.#do({ type: 'keepRecord', record: this.#record });
    this.#status = 'synced';
    this.#show();
    this.#do({ type: 'agreed' });
    this.#offer();
  }

  /**
   * The relay holds other rows: it was restored from a backup, or this replica went wrong. The replica is
   * loaded again at once and, if that does not help, less and less often.
   */
  #repair(): void {
    const soon = this.#differed === 0 && !this.#freshly;
    const ms = Math.min(REPAIR_MS.most, REPAIR_MS.first * 2 ** this.#differed);
    this.#differed++;
    if (soon) return this.#startOver(this.generation);
    this.#waiting = true;
    this.#do({ type: 'wait', ms });
  }

  /** Sets the rows aside. Once they are stored, the replica is dropped and loaded again. */
  #startOver(generation: number): void {
    this.#waiting = false;
    const rows = this.#aside.keep(new Set([...(this.#unsure ?? []), ...this.#rows.bytes]));
    this.#unsure = null;
    this.#startingOver = generation;
    this.#do({ type: 'close' });
    this.#do({ type: 'setAside', rows });
  }

  #begin(failed: boolean): void {
    if (this.#startingOver === null) return;
    this.#drop();
    this.#record = { ...this.#record, generation: this.#startingOver, epoch: this.epoch + 1 };
    this.#startingOver = null;
    this.#unkept = failed; // then the old history is still there
    this.#do({ type: 'open' });
    this.#show();
  }

  /** What the relay lacks is known only once the two agree, or once the relay knows nothing. */
  #offer(): void {
    const known = this.#status === 'synced' || (this.#status === 'unknown' && this.#blank);
    if (!this.#leads || !known || this.#aside.isEmpty) return;
    this.#forget(this.#aside.among(this.#rows.numbered));
    if (!this.#aside.isEmpty) this.#do({ type: 'offer', rows: this.#aside.all });
  }

  #forget(ids: readonly EntryId[]): void {
    const known = this.#aside.forget(ids);
    if (known.length === 0) return;
    this.#do({ type: 'dropAside', ids: known });
    this.#show();
  }

  // ---- The parts -----------------------------------------------------------------------------

  #drop(): void {
    this.#rows.update([]);
    this.#blank = true;
    this.#do({ type: 'drop' });
  }

  #keepWhole(aside: Extract<ReplicaEffect, { type: 'keepWhole' }>['aside'] = []): void {
    this.#unkept = false;
    this.#do({ type: 'keepWhole', record: this.#record, aside });
  }

  #show(): void {
    if (!this.#effects.some(({ type }) => type === 'show')) this.#do({ type: 'show' });
  }

  #do(effect: ReplicaEffect): void {
    this.#effects.push(effect);
  }
}
