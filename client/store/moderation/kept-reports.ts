/** The reports that this device made: those in the outbox, and those that the relay has. */
import type { EntryId } from '../../../shared/ids.ts';
import { contentOf } from '../../../shared/entry/entry.ts';
import { Kind } from '../../../shared/entry/kinds.ts';
import type { OutboxItem } from '../sync-port.ts';
import { reportOutcome } from './decisions-of.ts';
import type { DecisionView, ReportView } from './moderation-state.ts';

/** What is remembered of a report once it left the outbox. */
export interface StoredReport {
  readonly id: EntryId;
  readonly target: EntryId;
}

/** The oldest go first: then their message can be reported again, which changes nothing. */
const MOST_STORED = 200;

/** The reports of an outbox. */
export const reportsIn = (
  outbox: readonly OutboxItem[],
): readonly (StoredReport & { readonly item: OutboxItem })[] =>
  outbox.flatMap((item) => {
    if (item.entry.kind !== Kind.report) return [];
    const content = contentOf(item.entry);
    return content.kind === 'report' ? [{ id: item.entry.id, target: content.target, item }] : [];
  });

/** The same list where there is nothing to add. */
export function withReports(
  stored: readonly StoredReport[],
  more: readonly StoredReport[],
): readonly StoredReport[] {
  const known = new Set(stored.map(({ id }) => id));
  const news = more.filter(({ id }) => !known.has(id));
  if (news.length === 0) return stored;
  return [...stored, ...news.map(({ id, target }) => ({ id, target }))].slice(-MOST_STORED);
}

export function reportsOf(
  stored: readonly StoredReport[],
  outbox: readonly OutboxItem[],
  decisions: ReadonlyMap<string, DecisionView>,
): ReadonlyMap<string, ReportView> {
  const items = new Map(outbox.map((item) => [item.entry.id, item]));
  return new Map(
    stored.map(({ id, target }) => [target, reportOf(items.get(id), decisions.get(id))]),
  );
}

function reportOf(item: OutboxItem | undefined, outcome: DecisionView | undefined): ReportView {
  if (outcome) return { state: reportOutcome(outcome), undoable: false };
  if (item?.state.type === 'refused') return { state: 'refused', undoable: false };
  // Whether it left already is known once somebody tries to take it back.
  return { state: item ? 'kept' : 'taken', undoable: item !== undefined };
}
