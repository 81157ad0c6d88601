/** The calls by which a relay reaches the disk, its other threads and the network. */
export const STEPS = [
  'frame in',
  'call to storage',
  'begin',
  'lookup',
  'statement',
  'line of the erased log',
  'fsync of the erased log',
  'commit',
  'other sql',
  'answer of storage',
  'frame out',
  'socket event',
] as const;

export type Step = (typeof STEPS)[number];

/** A moment at which a relay dies: before or after the call that comes after so many of its sort. */
export interface CrashPoint {
  readonly when: 'before' | 'after';
  readonly step: Step;
  readonly passes: number;
}

export const nameOf = ({ when, step, passes }: CrashPoint): string => `${when} ${step}:${passes}`;
