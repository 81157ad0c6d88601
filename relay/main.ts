/** The relay's process. What takes longest to load is begun first, and the rest loads meanwhile. */
import { umask } from 'node:process';
import { threadsAhead } from './storage/sqlite/threads.ts';

umask(0o077); // whatever this process makes is for its user only
const [, , command = 'start', ...more] = process.argv;
const isRelay = ['start', 'serve'].includes(command) && more.length === 0;
const threads = isRelay ? threadsAhead() : undefined;
// Nothing waits for it here: it shares modules with this one, which then would have to be through first.
void import('./program.ts').then(({ runProgram }) => runProgram(threads));
