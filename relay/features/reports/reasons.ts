/** Names of the reasons that people give, for those who decide and for the author. */
import { ReportReason } from '../../../shared/entry/report-reason.ts';

const names = new Map<number, string>(
  Object.entries(ReportReason).map(([name, reason]) => [reason, name]),
);

/** The name of a reason; one of a later build is another. */
export const reasonName = (reason: number): string => names.get(reason) ?? 'other';

/** The reason that most gave. */
export function mostGiven(reasons: readonly number[]): string {
  const counts = new Map<string, number>();
  for (const name of reasons.map(reasonName)) counts.set(name, (counts.get(name) ?? 0) + 1);
  const [most] = [...counts].toSorted(([, a], [, b]) => b - a);
  return most?.[0] ?? 'other';
}
