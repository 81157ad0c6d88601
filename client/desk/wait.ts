/** How long somebody has waited, as a ring and in words. */
import type { DeskWords } from '../locales/desk-words.ts';
import type { Wait } from '../store/desk/desk-state.ts';

/** The brand's promise: an answer within this many seconds. */
export const TARGET_SECONDS = 45;

export interface WaitShown {
  readonly tone: Wait['tone'];
  readonly text: string;
  /** How much of the ring is gone, 0 to 100. */
  readonly gone: number;
}

export function waitShown(wait: Wait, at: number, words: DeskWords['wait']): WaitShown {
  const seconds = Math.max(0, Math.floor((at - wait.since) / 1000));
  const duration = words.duration(seconds);
  const gone = Math.min(100, Math.round((seconds / TARGET_SECONDS) * 100));
  switch (wait.tone) {
    case 'fresh':
      return { tone: 'fresh', text: duration, gone };
    case 'soon':
      return { tone: 'soon', text: words.soon(duration, TARGET_SECONDS), gone };
    case 'late':
      return { tone: 'late', text: words.late(duration), gone };
  }
}
