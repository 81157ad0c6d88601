/** A list of ours to start from: by kind, then by level; separated by commas. */
import type { Kind } from '../verdict.ts';

/** 3: nothing else is meant. 2: seldom meant well. 1: a reason to look. */
export type Level = 1 | 2 | 3;

export type ListedKind = Exclude<Kind, 'other'>;

export type StarterList = Readonly<
  Record<ListedKind, Readonly<Partial<Record<Level, string>>>> & {
    /** What none of the others means. */
    readonly allow: string;
  }
>;
