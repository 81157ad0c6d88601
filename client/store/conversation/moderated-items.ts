/** A thread's items with what was decided about them, and the reports about them. */
import type { ThreadHidden, ThreadItem, ThreadMessage } from './thread-state.ts';
import type { DecisionView, ModerationView, ReportView } from '../moderation/moderation-state.ts';

/** Good news is told in the visit in which it comes; after that the message is one like others. */
const GOOD = new Set<DecisionView['what']>(['approved', 'unhidden']);

export const moderatedItems = (
  items: readonly ThreadItem[],
  { decisions }: Pick<ModerationView, 'decisions'>,
): readonly ThreadItem[] =>
  items.map((item) =>
    item.type === 'hidden' || (item.type === 'message' && item.mine)
      ? withDecision(item, decisions.get(item.id))
      : item,
  );

function withDecision<T extends ThreadMessage | ThreadHidden>(
  item: T,
  decision: DecisionView | undefined,
): T {
  if (!decision || (GOOD.has(decision.what) && !decision.fresh)) return item;
  return { ...item, decision };
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
