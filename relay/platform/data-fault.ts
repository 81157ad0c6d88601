/** What is wrong with the data folder, said in one line to whoever runs the relay. */

export type DataFaultKind =
  /** Another relay has it. */
  | 'in-use'
  /** The relay's user may not write there, or nobody may. */
  | 'unwritable'
  | 'full'
  /** A file does not hold what it should. */
  | 'damaged'
  /** A later Comptoir wrote it. */
  | 'newer'
  /** Files were taken away or replaced while they were used. */
  | 'moved'
  /** A restore was cut short. */
  | 'unfinished'
  /** The disk failed in another way. */
  | 'failing';

export class DataFault extends Error {
  readonly kind: DataFaultKind;

  /** @param message one line: what is wrong, and what to do. */
  constructor(kind: DataFaultKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'DataFault';
    this.kind = kind;
  }
}

/** Errors of Node's file functions, by their code. */
const systemKinds: Readonly<Record<string, DataFaultKind>> = {
  EACCES: 'unwritable',
  EPERM: 'unwritable',
  EROFS: 'unwritable',
  ENOTDIR: 'unwritable',
  EEXIST: 'unwritable',
  EISDIR: 'unwritable',
  ENOENT: 'unwritable',
  ELOOP: 'unwritable',
  ENAMETOOLONG: 'unwritable',
  ENOSPC: 'full',
  EDQUOT: 'full',
  EFBIG: 'full',
  EIO: 'failing',
};

/** SQLite's results (https://sqlite.org/rescode.html), without their details. */
const sqliteKinds: Readonly<Record<number, DataFaultKind>> = {
  3: 'unwritable', // PERM
  5: 'in-use', // BUSY
  6: 'in-use', // LOCKED
  8: 'unwritable', // READONLY
  10: 'failing', // IOERR
  11: 'damaged', // CORRUPT
  13: 'full', // FULL
  14: 'unwritable', // CANTOPEN
  26: 'damaged', // NOTADB
};
/** Details of IOERR that say more. */
const sqliteDetails: Readonly<Record<number, DataFaultKind>> = {
  522: 'damaged', // SHORT_READ
  4_874: 'full', // SHMSIZE: the index of the write-ahead log could not grow
  8_458: 'damaged', // CORRUPTFS
};

const advice: Readonly<Record<DataFaultKind, (folder: string, why: string) => string>> = {
  'in-use': (folder) =>
    `The data folder ${folder} is in use: a relay runs on it. Stop that one first, or set COMPTOIR_DATA to another folder.`,
  unwritable: (folder, why) =>
    `The data folder ${folder} cannot be written (${why}): give it to the user that runs the relay, or set COMPTOIR_DATA to another folder.`,
  full: (folder, why) =>
    `The disk of the data folder ${folder} is full (${why}): make room there, then start again.`,
  damaged: (folder, why) =>
    `The database in ${folder} is damaged (${why}): put the newest backup back with "comptoir restore <backup>"; browsers give back what it lacks.`,
  newer: (folder, why) =>
    `The data folder ${folder} is of a newer Comptoir (${why}): start that one.`,
  moved: (folder) =>
    `Files of the data folder ${folder} were deleted or replaced while the relay ran: stop it, then put the newest backup back with "comptoir restore <backup>".`,
  unfinished: (folder) =>
    `A restore into ${folder} was cut short: run "comptoir restore <backup>" again before you start the relay.`,
  failing: (folder, why) =>
    `The disk of the data folder ${folder} fails (${why}): see the system's log, and take another disk if it goes on.`,
};

/** A fault as a person is told it. */
export const dataFault = (
  kind: DataFaultKind,
  folder: string,
  cause?: unknown,
  why: string = reasonOf(cause),
): DataFault => new DataFault(kind, advice[kind](folder, why), { cause });

/** What an error says of the data folder; the error itself if it says nothing of it. */
export function faultOf(error: unknown, folder: string): unknown {
  if (!(error instanceof Error) || error instanceof DataFault) return error;
  const { code, errcode } = error as { readonly code?: unknown; readonly errcode?: unknown };
  const kind =
    typeof errcode === 'number'
      ? (sqliteDetails[errcode] ?? sqliteKinds[errcode & 0xff])
      : systemKinds[String(code)];
  return kind === undefined ? error : dataFault(kind, folder, error);
}

/** Reasons are shown in a line. */
const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, ' ').slice(0, 200);
