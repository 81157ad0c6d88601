/** Whether a data folder, or a backup of one, holds what it should. It changes nothing. */
import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import * as v from 'valibot';
import { STATE_VERSION } from '../../shared/conversation/state-codec.ts';
import type { EntryId } from '../../shared/ids.ts';
import type { RoomName } from '../../shared/protocol/rooms.ts';
import { readAuthority } from '../platform/community-key.ts';
import { DataFault } from '../platform/data-fault.ts';
import { dataVersion, newestOf, refuseNewer } from '../storage/migrations/migrate.ts';
import { erasedIn } from '../storage/sqlite/erased-log.ts';
import { inSnapshot } from '../storage/sqlite/in-transaction.ts';
import { SqliteRoomReads } from '../storage/sqlite/sqlite-room-reads.ts';
import { checkAudit } from './check-audit.ts';
import { type RoomCounts, checkRooms } from './check-rooms.ts';
import { DATABASE, ERASED, MANIFEST, sha256Of } from './data-files.ts';
import { lostItsLog } from './lost-log.ts';

export interface VerifyOptions {
  /** Whether each entry's signature is checked too, about 15,000 a second. @default true */
  readonly signatures?: boolean;
}

export interface Verified extends RoomCounts {
  readonly community: string;
  readonly version: number;
  /** When the backup was made; null for a folder that is none. */
  readonly made: string | null;
  readonly bytes: number;
  /** Where the audit ends, to keep elsewhere; null without a line. */
  readonly audit: string | null;
  /** What is wrong, a line each, and no more lines than a person reads. */
  readonly problems: readonly string[];
}

/** What a backup says of itself. */
export const manifestSchema = v.object({
  made: v.string(),
  community: v.string(),
  version: v.number(),
  files: v.record(v.string(), v.object({ bytes: v.number(), sha256: v.string() })),
});
export type Manifest = v.InferOutput<typeof manifestSchema>;

const MOST_PROBLEMS = 20;

/**
 * Checks the files against what the backup says of them, the database page by page, each room and entry by
 * what signs and seals it, and what is kept of a room by its rows.
 * @throws {DataFault} if there is nothing to check, or a newer Comptoir must do it.
 */
export async function verifyFolder(
  folder: string,
  { signatures = true }: VerifyOptions = {},
): Promise<Verified> {
  const path = join(folder, DATABASE);
  const info = await stat(path).catch(() => undefined);
  if (!info?.isFile())
    throw new DataFault(
      'damaged',
      `There is no ${DATABASE} in ${folder}: name a backup or a data folder.`,
    );
  const problems: string[] = [];
  let more = 0;
  const tell = (problem: string): void => {
    if (problems.length < MOST_PROBLEMS) problems.push(problem);
    else more++;
  };
  const manifest = await readManifest(folder, tell);
  const authority = await readAuthority(folder);
  if (manifest && manifest.community !== authority.fingerprint)
    tell(`the key is not that of community ${manifest.community}`);
  const lostLog = lostItsLog(folder);
  // Opened in the usual way it would get an empty log, and nobody would miss the one that was.
  const file = pathToFileURL(path);
  if (lostLog) file.searchParams.set('immutable', '1');
  const db = new DatabaseSync(file, { readOnly: true, timeout: 5_000 });
  try {
    refuseNewer(db);
    const version = dataVersion(db);
    for (const found of db.prepare(`PRAGMA integrity_check(${MOST_PROBLEMS})`).all()) {
      const text = String(found['integrity_check']);
      if (text !== 'ok') tell(`${DATABASE}: ${text}`);
    }
    for (const { table } of db.prepare('PRAGMA foreign_key_check').all())
      tell(`${DATABASE}: a row of ${String(table)} points nowhere`);
    // An older version is read once it has been upgraded, at the next start.
    const counts =
      version === newestOf()
        ? await checkRooms({ database: databaseOf(db), authority, signatures }, tell)
        : { rooms: 0, entries: 0 };
    const audit = version === newestOf() ? checkAudit(db, tell) : null;
    if (lostLog)
      tell(
        `${DATABASE}-wal is gone, and with it the newest entries, unless another program opened it`,
      );
    if (version > 0) checkErased(db, join(folder, ERASED), tell);
    if (more > 0) problems.push(`and ${more} more`);
    const { fingerprint: community } = authority;
    const made = manifest?.made ?? null;
    return { ...counts, community, version, made, bytes: info.size, audit, problems };
  } catch (error) {
    if (error instanceof DataFault) throw error;
    tell(`${DATABASE}: ${(error as Error).message}`);
    const { fingerprint: community } = authority;
    return {
      rooms: 0,
      entries: 0,
      community,
      version: 0,
      made: null,
      bytes: info.size,
      audit: null,
      problems,
    };
  } finally {
    db.close();
  }
}

function databaseOf(db: DatabaseSync) {
  const reads = new SqliteRoomReads(db);
  return {
    rooms: () => reads.rooms(''),
    // A moment each: a relay that runs meanwhile must not wait to forget.
    whole: (name: RoomName) =>
      inSnapshot(db, () => ({
        range: reads.range(name, 0, Infinity),
        pages: reads.keptPages(name),
        checkpoint: reads.checkpoint(name, STATE_VERSION),
      })),
    placeOf: (id: string) => reads.entry(id as EntryId),
  };
}

/** What the list lacks, an older backup would bring back. It is written before the database is. */
function checkErased(db: DatabaseSync, path: string, tell: (problem: string) => void): void {
  const lineOf = ({ id, member }: Readonly<Record<string, unknown>>): string =>
    `${String(id)} ${String(member)}`;
  const erased = db.prepare('SELECT id, member FROM erased_entry').all();
  if (erased.length === 0) return;
  const listed = new Set(
    existsSync(path) ? erasedIn(path).map((entry) => lineOf({ ...entry })) : [],
  );
  const missing = erased.filter((row) => !listed.has(lineOf(row))).length;
  if (missing > 0)
    tell(`${ERASED} lacks ${missing} of ${erased.length} entries that were withdrawn`);
}

/** Undefined for a folder that is no backup. */
async function readManifest(
  folder: string,
  tell: (problem: string) => void,
): Promise<Manifest | undefined> {
  const text = await readFile(join(folder, MANIFEST), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  let manifest: Manifest;
  try {
    manifest = v.parse(manifestSchema, JSON.parse(text));
  } catch {
    tell(`${MANIFEST} cannot be read`);
    return undefined;
  }
  for (const [name, { sha256 }] of Object.entries(manifest.files)) {
    const is = await sha256Of(join(folder, name)).catch(() => 'missing');
    if (is !== sha256) tell(`${name} is ${is === 'missing' ? is : 'not what it was'}`);
  }
  return manifest;
}
