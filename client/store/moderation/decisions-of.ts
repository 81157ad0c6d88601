/** Turns the decisions that a device keeps into what screens show: one about each text, the newest. */
import type { KeptDecision } from '../sync-port.ts';
import type { AppealState, DecisionView } from './moderation-state.ts';

/** The code of what became of a report: the id is the report's. */
export const REPORT = 'report';

/** What became of a report. */
export const reportOutcome = ({ what }: Pick<DecisionView, 'what'>): 'upheld' | 'rejected' =>
  what === 'hidden' ? 'upheld' : 'rejected';

/** Against these a person may appeal, once. */
const APPEALED = new Set<KeptDecision['what']>([
  'refused',
  'change-asked',
  'hidden',
  'erased',
  'held',
  'blocked',
]);

/** @param kept oldest first. @param fresh those that are news */
export function decisionsOf(
  kept: readonly KeptDecision[],
  fresh: ReadonlySet<string>,
): readonly DecisionView[] {
  return [...Map.groupBy(kept, ({ id }) => id ?? '').values()].map((group) => viewOf(group, fresh));
}

function viewOf(group: readonly KeptDecision[], fresh: ReadonlySet<string>): DecisionView {
  const last = group.findLastIndex(({ what }) => what !== 'appeal-decided');
  const main = group[last] ?? group.at(-1)!;
  const outcome = group.slice(last + 1).findLast(({ what }) => what === 'appeal-decided');
  const { reference, id, what, code, until, automatic } = main;
  return {
    reference,
    references: group.map((one) => one.reference),
    id,
    what,
    code,
    reason: outcome?.reason || main.reason,
    until,
    automatic,
    appeal: appealOf(main, outcome),
    fresh: group.some((one) => fresh.has(one.reference)),
    seen: group.every(({ seen }) => seen),
  };
}

function appealOf(
  { what, code, appeal }: KeptDecision,
  outcome: KeptDecision | undefined,
): AppealState {
  if (code === REPORT) return 'none';
  if (outcome) return outcome.code === 'granted' ? 'granted' : 'upheld';
  if (appeal) return appeal.received ? 'received' : 'kept';
  return APPEALED.has(what) ? 'open' : 'none';
}
