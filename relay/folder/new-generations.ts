/** What makes devices load their rooms anew, where the database is older than what they hold. */
import type { DatabaseSync } from 'node:sqlite';

/** Gives each room a generation that is new to it. @param least no device holds one that is as high. */
export function newGenerations(db: DatabaseSync, least: number): void {
  db.prepare('UPDATE room SET generation = max(generation + 1, ?)').run(Math.floor(least));
}
