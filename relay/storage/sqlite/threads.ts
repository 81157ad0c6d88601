/** Where storage threads come from. */
import { StorageThread } from './thread.ts';

export interface Threads {
  take(): StorageThread;
  /** Called when a thread has released its folder. */
  giveBack(thread: StorageThread): Promise<void>;
}

/** Each is started when it is needed. */
export const ownThreads: Threads = {
  take: () => new StorageThread(),
  giveBack: (thread) => thread.end(),
};

/** Those that a relay needs, started now: they load their code while it loads its own. */
export function threadsAhead(): Threads {
  const ahead = [new StorageThread(), new StorageThread()];
  return { ...ownThreads, take: () => ahead.shift() ?? ownThreads.take() };
}
