/** Who handles which message: one table for all features, made once. */
import { Limits } from '../../shared/limits.ts';
import type { SaidByDevice } from '../../shared/protocol/decision-messages.ts';
import type { Caller, ChannelHandlers, ControlHandlers } from '../core/feature.ts';
import type { Answer } from '../core/submit/submit-context.ts';
import type { SubmitPath } from '../core/submit/submit-path.ts';

export interface Handlers {
  readonly control: ControlHandlers;
  readonly channel: readonly ChannelHandlers[];
}

/** @throws {Error} when two handle one type of message. */
export function joinHandlers(tables: readonly ControlHandlers[]): ControlHandlers {
  const all = tables.flatMap((table) => Object.entries(table));
  const names = all.map(([type]) => type);
  const twice = names.find((type, index) => names.indexOf(type) !== index);
  if (twice !== undefined) throw new Error(`two handle ${twice}`);
  return Object.fromEntries(all);
}

/**
 * Entries and rows that a device brings.
 * @param wrote told of whoever brought an entry that was numbered
 */
export function entryHandlers(
  path: Pick<SubmitPath, 'submit' | 'offer'>,
  wrote: (from: Caller) => void,
): ControlHandlers {
  const sourceOf = ({ device, address }: Caller) => ({ connection: device, address });
  const answerTo =
    (from: Caller) =>
    (answers: Answer[]): void =>
      from.say({ type: 'answer', answers });
  return {
    submit({ entries }, from) {
      atMost(entries.length, Limits.submitEntries);
      const answer = answerTo(from);
      path.submit(entries, sourceOf(from), (answers) => {
        if (answers.some(({ outcome }) => outcome.type === 'durable')) wrote(from);
        answer(answers);
      });
    },
    offer({ rows }, from) {
      atMost(rows.length, Limits.submitEntries);
      path.offer(rows, sourceOf(from), answerTo(from));
    },
  };
}

/**
 * Passes a message to its handler. A message without a handler is not for a relay.
 * @throws what a handler throws on a message that no client of ours sends.
 */
export function handleControl(
  message: SaidByDevice,
  handlers: ControlHandlers,
  from: Caller,
  failed: (error: unknown) => void,
): void {
  const handle = handlers[message.type] as
    ((message: SaidByDevice, from: Caller) => Promise<void> | void) | undefined;
  if (!handle) throw new RangeError(`${message.type} is not for a relay`);
  handle(message, from)?.catch(failed);
}

function atMost(count: number, most: number): void {
  if (count > most) throw new RangeError(`${count} items where ${most} are taken`);
}
