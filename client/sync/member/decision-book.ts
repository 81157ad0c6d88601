/**
 * Decisions about this member's words: kept on the device until it tells the relay that they were seen, with the
 * appeals, which are sent again until the relay has them.
 */
import type { DecisionId } from '../../../shared/ids.ts';
import {
  type Decision,
  type DecisionFromDevice,
  decodeDecisionFromRelay,
  encodeDecisionMessage,
} from '../../../shared/protocol/decision-messages.ts';
import { createWritable } from '../../signals/readable.ts';
import type { Decisions, KeptDecision } from '../../store/sync-port.ts';
import type { Contact } from '../contact/contact.ts';
import type { KeyValueStore } from '../storage/key-value-store.ts';

/** The oldest that were seen go first. */
const MOST_KEPT = 200;

export interface DecisionHost {
  readonly database: KeyValueStore;
  readonly contact: Pick<Contact, 'leads' | 'now' | 'post' | 'say'>;
}

export class DecisionBook implements Decisions {
  readonly all = createWritable<readonly KeptDecision[]>([]);
  readonly #host: DecisionHost;

  constructor(host: DecisionHost) {
    this.#host = host;
  }

  /** Reads what is stored, by any tab. */
  async load(): Promise<void> {
    const stored = await this.#host.database.entries(['decision']);
    this.#show(stored.map(([, kept]) => kept as KeptDecision));
    this.#sendAppeals();
  }

  /** There is a link again. */
  welcomed(): void {
    this.#sendAppeals();
  }

  /** A message of the relay that is none of the usual ones. */
  heard(bytes: Uint8Array): void {
    const message = decodeDecisionFromRelay(bytes);
    if (message?.type === 'decision') this.#told(message.decisions);
    if (message?.type === 'appealed') this.#received(message.reference);
  }

  async seen(references: readonly DecisionId[]): Promise<void> {
    const news = this.all.get().filter((one) => references.includes(one.reference) && !one.seen);
    if (news.length === 0) return;
    await this.#change(
      news.map((one) => one.reference),
      (one) => ({ ...one, seen: true }),
    );
    this.#say({ type: 'decisionSeen', references: news.map(({ reference }) => reference) });
  }

  async appeal(reference: DecisionId, text: string): Promise<void> {
    const about = this.#of(reference);
    if (!about || about.appeal) return;
    await this.#change([reference], (one) => ({ ...one, appeal: { text, received: false } }));
    this.#say({ type: 'appeal', reference, text });
  }

  #of(reference: DecisionId): KeptDecision | undefined {
    return this.all.get().find((one) => one.reference === reference);
  }

  #told(decisions: readonly Decision[]): void {
    const { contact } = this.#host;
    const last = this.all.get().at(-1)?.at ?? 0;
    const now = Math.max(contact.now(), last + 1);
    const known = decisions.flatMap(({ reference }) => this.#of(reference) ?? []);
    // What was said of it got lost: the relay tells again until it knows.
    const again = known.filter(({ seen }) => seen).map(({ reference }) => reference);
    if (again.length > 0 && contact.leads) this.#say({ type: 'decisionSeen', references: again });
    const news = decisions
      .filter(({ reference }) => !this.#of(reference))
      // One after the other, as the relay told them.
      .map((one, index): KeptDecision => ({ ...one, at: now + index, seen: false, appeal: null }));
    if (news.length === 0) return;
    this.#keep(news);
    this.#show([...this.all.get(), ...news]);
    this.#prune();
  }

  #received(reference: DecisionId): void {
    const about = this.#of(reference);
    if (!about?.appeal || about.appeal.received) return;
    const next = { ...about, appeal: { ...about.appeal, received: true } };
    this.#keep([next]);
    this.#show([...this.#without([next]), next]);
  }

  /** A person's act: it shows once it is stored, here and in the other tabs. Two at a time lose nothing. */
  async #change(
    references: readonly DecisionId[],
    changed: (one: KeptDecision) => KeptDecision,
  ): Promise<void> {
    const { database, contact } = this.#host;
    await database.write((transaction) => {
      for (const reference of references)
        transaction.change(
          ['decision', reference],
          (there) => there && changed(there as KeptDecision),
        );
    });
    this.#show(
      this.all.get().map((one) => (references.includes(one.reference) ? changed(one) : one)),
    );
    contact.post({ type: 'heard', message: null });
  }

  /** What the relay said: every tab hears it, and stores the same. */
  #keep(told: readonly KeptDecision[]): void {
    void this.#host.database
      .write((transaction) => {
        for (const one of told)
          transaction.change(['decision', one.reference], (there) =>
            // What a person did in another tab meanwhile stays.
            there ? merged(there as KeptDecision, one) : one,
          );
      })
      .catch(() => {}); // storage says so, and the relay tells again
  }

  #prune(): void {
    const seen = this.all.get().filter((one) => one.seen && one.appeal?.received !== false);
    const gone = seen.slice(0, Math.max(0, this.all.get().length - MOST_KEPT));
    if (gone.length === 0) return;
    this.#show(this.#without(gone));
    void this.#host.database
      .write((transaction) => {
        for (const { reference } of gone) transaction.delete(['decision', reference]);
      })
      .catch(() => {}); // the next one takes them along
  }

  #without(some: readonly KeptDecision[]): KeptDecision[] {
    const gone = new Set(some.map(({ reference }) => reference));
    return this.all.get().filter(({ reference }) => !gone.has(reference));
  }

  #sendAppeals(): void {
    if (!this.#host.contact.leads) return;
    for (const { reference, appeal } of this.all.get())
      if (appeal && !appeal.received) this.#say({ type: 'appeal', reference, text: appeal.text });
  }

  #show(all: readonly KeptDecision[]): void {
    this.all.set(all.toSorted((a, b) => a.at - b.at || (a.reference < b.reference ? -1 : 1)));
  }

  #say(message: DecisionFromDevice): void {
    this.#host.contact.say(encodeDecisionMessage(message));
  }
}

const merged = (there: KeptDecision, one: KeptDecision): KeptDecision => ({
  ...one,
  seen: there.seen || one.seen,
  appeal: one.appeal ?? there.appeal,
});
