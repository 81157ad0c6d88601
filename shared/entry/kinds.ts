/** What the list of kinds comes to: their names and numbers. */
import { allKinds } from './kinds/all-kinds.ts';
import { KindTable } from './schema/kind-table.ts';

/** A kind this build knows. */
export type AnyKind = (typeof allKinds)[number];
export type KindName = AnyKind['name'];

/** Reads and writes entries by their kind; `rules.ts` judges them. */
export const kinds: KindTable<AnyKind> = new KindTable<AnyKind>(allKinds);

/** The kinds' numbers: on the wire, only ever added, never reused. */
export const Kind = Object.fromEntries(allKinds.map(({ name, code }) => [name, code])) as Readonly<
  Record<KindName, number>
>;

/** The name of a kind's number, or undefined for one that a newer build added. */
export const kindName = (code: number): KindName | undefined => kinds.ofCode(code)?.name;

/** Whether a kind is the relay's own: signed by the community's key, refused from anyone else. */
export const isRelaysOwn = (code: number): boolean => code >= 64;

/**
 * Whether a reader who does not know a kind of that number shows nothing of it: 32 to 63, and 96 to
 * 127 of the relay's. Of others it says "update to see this".
 */
export const isSilent = (code: number): boolean => code < 128 && (code & 32) !== 0;
