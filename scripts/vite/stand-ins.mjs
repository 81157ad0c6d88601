// Parts of libraries that are never used here, and what the builds and the browser tests take instead.
import path from 'node:path';

const folder = path.resolve(import.meta.dirname, '../../client/sync/stand-ins');

export const standIns = {
  'lib0/environment': path.join(folder, 'environment.ts'),
  './environment.js': path.join(folder, 'environment.ts'), // the same, from inside lib0
  'lib0/logging': path.join(folder, 'logging.ts'),
  'lib0/broadcastchannel': path.join(folder, 'broadcastchannel.ts'),
  'y-protocols/awareness': path.join(folder, 'awareness.ts'),
};
