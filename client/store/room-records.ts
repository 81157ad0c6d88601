/** Keyed records of a room as values: the latest row of each key, parsed once. */
import type { Row } from '../../shared/conversation/row.ts';

const parsed = new WeakMap<Row, unknown>();

/** Values by key. A value that is no JSON is left out: it is the relay's fault, and nothing to show. */
export function recordsOf(rows: readonly Row[]): Map<string, unknown> {
  const values = new Map<string, unknown>();
  for (const row of rows) {
    if (row.type !== 'record') continue;
    if (!parsed.has(row)) parsed.set(row, parse(row.value));
    const value = parsed.get(row);
    if (value !== undefined) values.set(row.key, value);
  }
  return values;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
