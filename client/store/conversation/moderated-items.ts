/** A thread's items with what was decided about them, and the reports about them. */
import type { ThreadHidden, ThreadItem, ThreadMessage, ThreadState } from './thread-state.ts';
import type { DecisionView, ModerationView, ReportView } from '../moderation/moderation-state.ts';

/** Good news is told in the visit in which it comes; after that the message is one like others. */
const GOOD = new Set<DecisionView['what']>(['approved', 'unhidden']);

export const moderatedItems = (
  items: readonly ThreadItem[],
  { decisions, reports }: Pick<ModerationView, 'decisions' | 'reports'>,
): readonly ThreadItem[] =>
  items.map((item) => {
    const decision = decisions.get(item.id);
    if (item.type === 'hidden') return withDecision(withUndo(item, reports.get(item.id)), decision);
    return item.type === 'message' && item.mine
      ? withDecision(published(item, decision), decision)
      : item;
  });

/** The decision may come before the row: meanwhile the message is not said to wait. */
const published = (item: ThreadMessage, decision: DecisionView | undefined): ThreadMessage =>
  decision?.what === 'approved' && item.delivery?.type === 'held'
    ? { ...item, delivery: { type: 'received' } }
    : item;

const withUndo = (item: ThreadHidden, report: ReportView | undefined): ThreadHidden =>
  item.here && report?.undoable ? { ...item, undoable: true } : item;

function withDecision<T extends ThreadMessage | ThreadHidden>(
  item: T,
  decision: DecisionView | undefined,
): T {
  if (!decision || (GOOD.has(decision.what) && !decision.fresh)) return item;
  return { ...item, decision };
}

/** The notices that stand beside an open thread: not those that it tells itself, in their message's place. */
export function toldBeside(
  thread: ThreadState | null,
  { notices }: Pick<ModerationView, 'notices'>,
): readonly DecisionView[] {
  const told = new Set(
    thread?.items.map((item) => ('decision' in item ? item.decision?.reference : undefined)),
  );
  return notices.filter(({ reference }) => !told.has(reference));
}

/** The reports about what a thread shows. */
export function reportsAbout(
  items: readonly ThreadItem[],
  { reports }: Pick<ModerationView, 'reports'>,
): Readonly<Record<string, ReportView>> {
  if (reports.size === 0) return {};
  return Object.fromEntries(
    items.flatMap(({ id }) => {
      const report = reports.get(id);
      return report ? [[id, report]] : [];
    }),
  );
}
