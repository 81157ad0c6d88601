/** The SQLite file with all its ports, synchronous. It lives in a storage thread. */
import { join } from 'node:path';
import { DatabaseSync, backup } from 'node:sqlite';
import { actWrite, hasChanged } from '../../core/audit/acts.ts';
import type { CheckpointStorage } from '../../core/ports/checkpoint-storage.ts';
import type { Sync, Write } from '../../core/ports/port.ts';
import type { RoomStorage } from '../../core/ports/room-storage.ts';
import { dataVersion } from '../migrations/migrate.ts';
import type { Operation } from '../../sql/query.ts';
import { type Call, ports } from '../storage.ts';
import { ErasedLog } from './erased-log.ts';
import { FilesInPlace } from './file/files-in-place.ts';
import { inSnapshot, inTransaction } from './in-transaction.ts';
import { FILE, openUpToDate } from './file/open-up-to-date.ts';
import { LogCheckpoints } from './file/log-checkpoints.ts';
import { LogTruncation } from './log-truncation.ts';
import { OperationRunner } from './run-operation.ts';
import { SqliteRoomReads } from './sqlite-room-reads.ts';
import { SqliteRooms } from './sqlite-rooms.ts';
import { WriteCheck } from './file/write-check.ts';

/** Operations of features, by port and name. */
export type FeatureSql = Readonly<Record<string, object>>;

type Method = (...args: readonly unknown[]) => unknown;

export interface Database {
  call(call: Call): unknown;
  /** Copies it into a file, a little at a time: calls go on. */
  copy(path: string): Promise<void>;
  close(): void;
}

/** Pages copied at a time: writes wait 7 ms for a hundred, and 200 ms for a thousand. */
const COPIED_PAGES = 100;
/** What `PRAGMA synchronous` says when each commit waits for the disk. */
const FULL = 2;

/** Writes, and reads what it wrote. There is only one. */
export class WritingDatabase implements Database {
  readonly #db: DatabaseSync;
  readonly #log: ErasedLog;
  readonly #files: FilesInPlace;
  readonly #paths: readonly string[];
  readonly #check: WriteCheck;
  readonly #features: FeatureSql;
  readonly #runner: OperationRunner;
  readonly #byHand: Readonly<Record<string, object>>;
  readonly #rooms: SqliteRooms;
  readonly #checkpoints: LogCheckpoints;
  readonly #truncation: LogTruncation;

  /** @param folder holds `comptoir.sqlite` and `erased.log`; must exist. */
  constructor(folder: string, features: FeatureSql) {
    this.#features = features;
    this.#db = openUpToDate(folder);
    const path = join(folder, FILE);
    this.#paths = [path, `${path}-wal`];
    this.#files = new FilesInPlace(folder);
    this.#check = new WriteCheck({ folder, probe: () => this.#probe() });
    this.#log = new ErasedLog(join(folder, 'erased.log'));
    this.#runner = new OperationRunner(this.#db);
    const reads = new SqliteRoomReads(this.#db);
    const behind = (act: () => void): void => void this.#behind(act);
    this.#truncation = new LogTruncation(this.#db);
    const parts = { db: this.#db, reads, log: this.#log, truncation: this.#truncation };
    const rooms = new SqliteRooms({ ...parts, behind });
    this.#rooms = rooms;
    this.#checkpoints = new LogCheckpoints(this.#db);
    this.#byHand = {
      rooms: {
        commit: (batch) => {
          this.#files.check(this.#paths);
          return rooms.commit(batch, (write) => void this.#operation(write));
        },
        reconciled: () => rooms.reconciled(),
        check: () => this.#check.check(),
      } satisfies Partial<Sync<RoomStorage>>,
      checkpoints: {
        putCheckpoint: (room, checkpoint) => rooms.putCheckpoint(room, checkpoint),
      } satisfies Partial<Sync<CheckpointStorage>>,
    };
  }

  call(call: Call): unknown {
    const act = (): unknown => {
      const byHand = methodOf(this.#byHand, call);
      if (byHand) return byHand(...call.args);
      let result: unknown;
      inTransaction(this.#db, () => {
        result = this.#operation(call);
        if (call.line && hasChanged(result)) this.#operation(actWrite(call.line));
        return true;
      });
      return result;
    };
    const kind = kindOf(call);
    this.#checkpoints.wrote();
    if (kind === 'behind') return this.#behind(act);
    return call.op === 'check' ? act() : this.#check.watch(act);
  }

  /**
   * Only the connection that writes can: a copy made by another starts over at each write. What is written
   * meanwhile is in it.
   */
  async copy(path: string): Promise<void> {
    await backup(this.#db, path, { rate: COPIED_PAGES });
  }

  close(): void {
    this.#rooms.stop();
    this.#truncation.stop();
    this.#checkpoints.stop();
    this.#db.close();
    this.#log.close();
  }

  #operation(write: Write): unknown {
    const operation = methodOf(this.#features, write);
    if (!operation) throw new Error(`no ${write.port}.${write.op}`);
    if (kindOf(write) === 'erase') this.#truncation.soon();
    return this.#runner.run(operation(...write.args) as Operation<unknown>);
  }

  /** Writes what is there anyway, as a commit of its own, and waits for the disk. */
  #probe(): void {
    const found = this.#db.prepare('PRAGMA synchronous').get();
    if (found?.['synchronous'] !== FULL) throw new Error('the database does not wait for the disk');
    this.#files.check(this.#paths);
    this.#db.exec(`PRAGMA user_version = ${dataVersion(this.#db)}`);
  }

  /** It has no fsync of its own: the next commit's, or the system's, brings it to disk. */
  #behind(act: () => unknown): unknown {
    this.#db.exec('PRAGMA synchronous = NORMAL');
    try {
      return act();
    } finally {
      this.#db.exec('PRAGMA synchronous = FULL');
    }
  }
}

/** Only reads: what is committed, while another thread waits for the disk. */
export class ReadingDatabase implements Database {
  readonly #db: DatabaseSync;
  readonly #features: FeatureSql;
  readonly #runner: OperationRunner;
  readonly #byHand: Readonly<Record<string, object>>;

  /** @param folder of a database that the writing one has opened. */
  constructor(folder: string, features: FeatureSql) {
    this.#features = features;
    this.#db = new DatabaseSync(join(folder, FILE), { readOnly: true, timeout: 5_000 });
    this.#runner = new OperationRunner(this.#db);
    const reads = new SqliteRoomReads(this.#db);
    this.#byHand = { rooms: reads, checkpoints: reads };
  }

  call(call: Call): unknown {
    return inSnapshot(this.#db, () => {
      const byHand = this.#byHand[call.port] as Record<string, Method> | undefined;
      if (byHand) return byHand[call.op]?.(...call.args);
      const operation = methodOf(this.#features, call);
      if (!operation) throw new Error(`no ${call.port}.${call.op}`);
      return this.#runner.run(operation(...call.args) as Operation<unknown>);
    });
  }

  copy(): Promise<void> {
    return Promise.reject(new Error('only the writing thread copies'));
  }

  close(): void {
    this.#db.close();
  }
}

function methodOf(
  ports: Readonly<Record<string, object>>,
  { port, op }: Write,
): Method | undefined {
  const methods = ports[port] as Record<string, Method> | undefined;
  return methods && Object.hasOwn(methods, op) ? methods[op] : undefined;
}

const kindOf = ({ port, op }: Write): string | undefined =>
  (ports as Readonly<Record<string, Readonly<Record<string, string>>>>)[port]?.[op];
