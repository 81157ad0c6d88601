/**
 * Loaded before the relay (`--import`), in each of its threads: kills the process at one step of an entry's
 * path. The relay itself is untouched; the steps are the calls by which it reaches the disk, the other thread
 * and the network. `CRASH_AT` names the moment and how often it passes before: `after commit:3`. With
 * `CRASH_WHEN=told` it counts from the moment when the process gets SIGUSR2. It is written in JavaScript, so
 * that no thread spends its start on taking types away.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { DatabaseSync, StatementSync } from 'node:sqlite';
import {
  MessagePort,
  Worker,
  getEnvironmentData,
  isMainThread,
  setEnvironmentData,
} from 'node:worker_threads';
import { WebSocket } from 'ws';

const SHARED = 'whether it counts';
const [wanted = '', passes = '0'] = (process.env['CRASH_AT'] ?? '').split(':');
let left = Number(passes);

/** All threads begin to count at once. */
const buffer = isMainThread ? new SharedArrayBuffer(4) : getEnvironmentData(SHARED);
const counts = new Int32Array(/** @type {SharedArrayBuffer} */ (buffer));
if (isMainThread) {
  setEnvironmentData(SHARED, counts.buffer);
  const begin = () => Atomics.store(counts, 0, 1);
  if (process.env['CRASH_WHEN'] === 'told')
    process.once('SIGUSR2', () => {
      process.stderr.write('counting\n');
      begin();
    });
  else begin();
}

/** @param {string} point */
function reach(point) {
  if (point !== wanted || Atomics.load(counts, 0) === 0 || left-- > 0) return;
  process.kill(process.pid, 'SIGKILL');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0); // this thread does nothing more
}

/** @typedef {import('./steps.ts').Step} Step */

/**
 * Makes two points of a method: before it and after it.
 * @param {object} owner
 * @param {string} method
 * @param {(...args: any[]) => Step} nameOf
 */
function around(owner, method, nameOf) {
  const act = Reflect.get(owner, method);
  Reflect.set(
    owner,
    method,
    /** @this {unknown} @param {any[]} args */
    function (...args) {
      const name = nameOf(...args);
      reach(`before ${name}`);
      const result = Reflect.apply(act, this, args);
      reach(`after ${name}`);
      return result;
    },
  );
}

/** @param {Step} name */
const named = (name) => () => name;

around(DatabaseSync.prototype, 'exec', (sql) =>
  sql.startsWith('BEGIN IMMEDIATE') ? 'begin' : sql.startsWith('COMMIT') ? 'commit' : 'other sql',
);
around(StatementSync.prototype, 'run', named('statement'));
around(StatementSync.prototype, 'get', named('lookup'));
around(fs, 'writeSync', named('line of the erased log'));
around(fs, 'fsyncSync', named('fsync of the erased log'));
syncBuiltinESMExports();
around(Worker.prototype, 'postMessage', named('call to storage'));
if (isMainThread) {
  around(WebSocket.prototype, 'send', named('frame out'));
  around(WebSocket.prototype, 'emit', (event) =>
    event === 'message' ? 'frame in' : 'socket event',
  );
} else {
  around(MessagePort.prototype, 'postMessage', named('answer of storage'));
}
