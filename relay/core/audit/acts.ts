/** Lines of the audit: each is written in the transaction of the act that it tells of. */
import type { ActLine } from '../../../shared/api/route/act.ts';
import type { Write } from '../ports/port.ts';

/** A line, for the batch of its act. */
export const actWrite = (line: ActLine): Write => ({ port: 'audit', op: 'append', args: [line] });

/** Operations of a port that say what they did. */
type Telling<Port> = {
  readonly [
    Op in keyof Port as Port[Op] extends (...args: never) => Promise<void> ? never : Op
  ]: Port[Op];
};

/** A port whose changes can carry their line. */
export type Acting<Port> = Port & {
  /**
   * The same, with a line that is written in the transaction of the change, unless that changed nothing: it
   * says so by `false`, by nothing, or by a word for why.
   */
  with(line: ActLine): Telling<Port>;
};

/** What `Acting.with` goes by. */
export const hasChanged = (result: unknown): boolean =>
  result !== false && result !== undefined && typeof result !== 'string';
