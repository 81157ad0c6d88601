// Loaded into each server: SIGUSR2 collects its garbage, so that memory can be compared. Ends by itself
// when it is told to stop, if the server does not, so that profiles get written.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
/** @type {() => void} */
const collect = runInNewContext('gc');
process.on('SIGUSR2', () => {
  collect();
  collect();
});
setImmediate(() => {
  if (process.listenerCount('SIGTERM') === 0) process.once('SIGTERM', () => process.exit(0));
});
