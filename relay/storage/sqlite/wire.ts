/** What passes between the relay's thread and the storage threads. Rows pass as one buffer. */
import type { RoomPage, RoomRange, StorageBatch } from '../../core/ports/room-storage.ts';
import type { DataFaultKind } from '../../platform/data-fault.ts';
import type { Call } from '../storage.ts';
import { packChanges, unpackChanges } from './changes-buffer.ts';
import { packRows, unpackRows } from './rows-buffer.ts';

export interface ThreadData {
  readonly folder: string;
  /** Whether the thread only reads. */
  readonly reads: boolean;
}

export type Ask =
  | { readonly type: 'open'; readonly data: ThreadData }
  | { readonly type: 'call'; readonly call: Call }
  | { readonly type: 'copy'; readonly path: string }
  | { readonly type: 'close' };

/** A message is a list of these, or of replies. */
export interface Request {
  readonly number: number;
  readonly ask: Ask;
}

export type Reply =
  | { readonly number: number; readonly result: unknown }
  | {
      readonly number: number;
      readonly error: unknown;
      /** What is wrong with the folder: an error keeps only its text on its way. */
      readonly fault: DataFaultKind | undefined;
    };

type Packed<Whole, Rows extends keyof Whole> = Omit<Whole, Rows> & {
  readonly [Key in Rows]: ArrayBuffer;
};

const isCommit = ({ port, op }: Call): boolean => port === 'rooms' && op === 'commit';
const isPage = ({ port, op }: Call): boolean => port === 'rooms' && op === 'page';
const isRange = ({ port, op }: Call): boolean => port === 'rooms' && op === 'range';

/** A call as posted, and the buffers transferred with it. */
export function packCall(call: Call): { readonly call: Call; readonly handOver: ArrayBuffer[] } {
  if (!isCommit(call)) return { call, handOver: [] };
  const { changes, ...rest } = call.args[0] as StorageBatch;
  const packed = packChanges(changes);
  return { call: { ...call, args: [packed, rest] }, handOver: [packed] };
}

/** The call that was packed. */
export function unpackCall(call: Call): Call {
  if (!isCommit(call)) return call;
  const [packed, rest] = call.args as [ArrayBuffer, Omit<StorageBatch, 'changes'>];
  const batch: StorageBatch = { changes: unpackChanges(packed), ...rest };
  return { ...call, args: [batch] };
}

/** A result as posted, and the buffers transferred with it. */
export function packResult(
  call: Call,
  result: unknown,
): { readonly result: unknown; readonly handOver: ArrayBuffer[] } {
  if (isPage(call))
    return { result, handOver: [(result as RoomPage).update.buffer as ArrayBuffer] };
  if (!isRange(call)) return { result, handOver: [] };
  const range = result as RoomRange;
  const rows = packRows(range.rows);
  return { result: { ...range, rows }, handOver: [rows] };
}

/** The result that was packed. */
export function unpackResult(call: Call, result: unknown): unknown {
  if (!isRange(call)) return result;
  const range = result as Packed<RoomRange, 'rows'>;
  return { ...range, rows: unpackRows(range.rows) } satisfies RoomRange;
}
