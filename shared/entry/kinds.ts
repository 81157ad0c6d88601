/** The kinds of entries. Numbers are on the wire: they are only ever added, never reused. */
export const Kind = {
  join: 1,
  ask: 2,
  say: 3,
  claim: 4,
  release: 5,
  retract: 6,
  close: 7,
  reopen: 8,
  /** The relay's own: a claim ended because its holder was unreachable. */
  lapse: 64,
  /** The relay's own: from here on a member's acts in this conversation are another's (see PROTOCOL.md §9). */
  merge: 65,
} as const;

/** The name of a kind this build knows. */
export type KindName = keyof typeof Kind;

const names = new Map(
  Object.entries(Kind).map(([name, code]) => [code as number, name as KindName]),
);

/** The name of a kind's number, or undefined for one that a newer build added. */
export const kindName = (code: number): KindName | undefined => names.get(code);

/** Kinds from here on are the relay's own acts: signed by the community's key, refused from anyone else. */
export const FIRST_RELAY_KIND = 64;
