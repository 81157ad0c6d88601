import type { ThreadMessage, ThreadState } from './thread-state.ts';

/** A message that a thread shows. */
export const messageIn = (
  thread: ThreadState | null,
  id: string | null,
): ThreadMessage | undefined =>
  thread?.items.find((item): item is ThreadMessage => item.type === 'message' && item.id === id);
