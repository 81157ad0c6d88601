/** Storage threads that serve one test's folder after another's: loading their code is what takes long. */
import { StorageThread } from '../storage/sqlite/thread.ts';
import type { Threads } from '../storage/sqlite/threads.ts';

const spare: StorageThread[] = [];

export const spareThreads: Threads = {
  take: () => spare.pop() ?? new StorageThread(),
  giveBack: async (thread) => {
    if (thread.isAlive) spare.push(thread);
  },
};
