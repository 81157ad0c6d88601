/** A device for the replica's machine, in memory: it carries out what concerns the document, and writes the rest down. */
import { bytesToText } from '../bytes.ts';
import { encodeRow } from '../conversation/row.ts';
import { decodeEntry, encodeUnsigned } from '../entry/entry.ts';
import { Role } from '../grant/roles.ts';
import { fingerprintOf } from '../hash.ts';
import type { ConversationId, DeviceKey, EntryId, MemberId } from '../ids.ts';
import { ReplicaRows } from '../replica/replica-rows.ts';
import type { ReplicaEffect, ReplicaEvent } from '../replica/replica-events.ts';
import { ReplicaMachine } from '../replica/replica-machine.ts';
import type { ReplicaRecord } from '../replica/replica-record.ts';
import { SpaceMode } from '../space-mode.ts';

export const community = fingerprintOf(new Uint8Array(32).fill(1));

const conversation = bytesToText(new Uint8Array(16).fill(2)) as ConversationId;
const author = bytesToText(new Uint8Array(32).fill(3)) as DeviceKey;
const member = bytesToText(new Uint8Array(16).fill(4)) as MemberId;

/** Bytes of an entry row. */
export function said(seq: number, text: string): Uint8Array {
  const content = { kind: 'say', text } as const;
  const draft = { conversation, author, time: 1, content, nonce: new Uint8Array(8) };
  const entry = new Uint8Array([...encodeUnsigned(draft), ...new Uint8Array(64)]);
  const verdict = { member, role: Role.visitor, mode: SpaceMode.closed };
  const receipt = new Uint8Array(16);
  return encodeRow({ type: 'entry', seq, place: seq, received: 1, verdict, receipt, entry });
}

/** The id of an entry that says so. */
export function idOf(text: string): EntryId {
  const content = { kind: 'say', text } as const;
  const draft = { conversation, author, time: 1, content, nonce: new Uint8Array(8) };
  const bytes = new Uint8Array([...encodeUnsigned(draft), ...new Uint8Array(64)]);
  return decodeEntry(bytes, community).id;
}

/** Bytes of a record row. */
export const record = (seq: number, key: string): Uint8Array =>
  encodeRow({ type: 'record', seq, received: 1, key, value: '1' });

/** What the relay says of these rows. */
export function digestOf(rows: readonly Uint8Array[]): Extract<ReplicaEvent, { type: 'digest' }> {
  const held = new ReplicaRows(community);
  held.update(rows);
  return { type: 'digest', digest: { rev: 1, ...held.digest }, at: 5_000 };
}

export const kept = (part: Partial<ReplicaRecord> = {}): ReplicaRecord => ({
  generation: 1,
  epoch: 0,
  changedAt: 10,
  contactAt: 20,
  ...part,
});

/** Updates stand for the rows that a document holds after them. */
const meanings = new WeakMap<Uint8Array, readonly Uint8Array[]>();
export function updateTo(...rows: readonly Uint8Array[]): Uint8Array {
  const update = new Uint8Array([rows.length]);
  meanings.set(update, rows);
  return update;
}

export class ReplicaBench {
  readonly machine = new ReplicaMachine(community);
  /** The document's live rows. */
  rows: readonly Uint8Array[] = [];
  #blank = true;
  readonly #events: ReplicaEvent[] = [];
  #done: ReplicaEffect[] = [];

  /** Says this to the machine, and what follows from it; the effects other than `show`. */
  say(...events: readonly ReplicaEvent[]): readonly ReplicaEffect[] {
    this.#done = [];
    this.#events.push(...events);
    for (let next = this.#events.shift(); next; next = this.#events.shift()) {
      for (const effect of this.machine.handle(next)) this.#carryOut(effect);
    }
    return this.#done;
  }

  /** The relay changes the document. */
  hear(rows: readonly Uint8Array[], at = 1_000): readonly ReplicaEffect[] {
    const erases = this.rows.some((row) => !rows.includes(row));
    this.rows = rows;
    this.#blank = false;
    return this.say(this.#changed({ bytes: updateTo(...rows), erases }, at));
  }

  /** Leads, over what was kept, and has agreed with the relay that these are the rows. */
  agreed(...rows: readonly Uint8Array[]): void {
    const updates = [updateTo(...rows)];
    this.say({ type: 'loaded', record: kept(), updates, aside: [] });
    this.say({ type: 'lead', kept: null }, { type: 'opened', generation: 1 }, digestOf(rows));
  }

  /** The texts that are shown beside the rows. */
  get overlay(): readonly EntryId[] {
    return this.machine.overlay.map(({ id }) => id);
  }

  #changed(update: Extract<ReplicaEvent, { type: 'changed' }>['update'], at: number): ReplicaEvent {
    return { type: 'changed', rows: this.rows, blank: this.#blank, update, at };
  }

  #carryOut(effect: ReplicaEffect): void {
    if (effect.type !== 'show') this.#done.push(effect);
    if (effect.type === 'drop') {
      this.rows = [];
      this.#blank = true;
    } else if (effect.type === 'apply') {
      for (const update of effect.updates) {
        this.rows = meanings.get(update) ?? [];
        this.#blank = false;
      }
      this.#events.push(this.#changed(null, 0));
    }
  }
}

/** The names of effects. */
export const names = (effects: readonly ReplicaEffect[]): string =>
  effects.map(({ type }) => type).join(' ');

/** The only effect of a type. */
export function only<T extends ReplicaEffect['type']>(
  effects: readonly ReplicaEffect[],
  type: T,
): Extract<ReplicaEffect, { readonly type: T }> {
  const found = effects.filter((effect) => effect.type === type);
  if (found.length !== 1) throw new Error(`${found.length} of ${type} in ${names(effects)}`);
  return found[0] as Extract<ReplicaEffect, { readonly type: T }>;
}
