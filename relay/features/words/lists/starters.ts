/** All lists of ours, as rules. */
import type { Finding } from '../verdict.ts';
import { english } from './english.ts';
import { french } from './french.ts';
import type { Level, ListedKind, StarterList } from './starter-list.ts';

export interface StarterRule {
  readonly pattern: string;
  readonly kind: ListedKind;
  /** null: an exception. */
  readonly level: Level | null;
}

export const LISTED: readonly ListedKind[] = ['insult', 'hate', 'sexual', 'scam'];
export const LEVELS: readonly Level[] = [3, 2, 1];

const patternsIn = (list: string): string[] =>
  list
    .split(',')
    .map((pattern) => pattern.trim().replaceAll(/\s+/g, ' '))
    .filter((pattern) => pattern !== '');

function rulesOf(list: StarterList): StarterRule[] {
  const rules = LISTED.flatMap((kind) =>
    LEVELS.flatMap((level) =>
      patternsIn(list[kind][level] ?? '').map((pattern) => ({ pattern, kind, level })),
    ),
  );
  const allowed = patternsIn(list.allow);
  return [
    ...rules,
    ...allowed.map((pattern) => ({ pattern, kind: 'insult' as const, level: null })),
  ];
}

export const starters: readonly StarterRule[] = [french, english].flatMap(rulesOf);

/** What a level does unless a manager says otherwise. */
export const LEVEL_ACTION: Readonly<Record<Level, Finding['action']>> = {
  3: 'refuse',
  2: 'refuse', // meant to be held, once the relay can hold
  1: 'flag',
};
