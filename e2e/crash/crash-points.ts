/**
 * Loaded before the relay (`--import`), in each of its threads: kills the process at one step of an entry's
 * path. The relay itself is untouched; the steps are the calls by which it reaches the disk, the other thread
 * and the network. `CRASH_AT` names the moment and how often it
 * passes before: `after commit:3`.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { DatabaseSync, StatementSync } from 'node:sqlite';
import { MessagePort, Worker, isMainThread } from 'node:worker_threads';
import { WebSocket } from 'ws';
import type { Step } from './steps.ts';

type Act = (this: unknown, ...args: never[]) => unknown;

const [wanted = '', passes = '0'] = (process.env['CRASH_AT'] ?? '').split(':');
let left = Number(passes);

function reach(point: string): void {
  if (point !== wanted || left-- > 0) return;
  process.kill(process.pid, 'SIGKILL');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0); // this thread does nothing more
}

/** Makes two points of a method: before it and after it. */
function around(owner: object, method: string, nameOf: (...args: never[]) => Step): void {
  const act = Reflect.get(owner, method) as Act;
  Reflect.set(owner, method, function (this: unknown, ...args: never[]) {
    const name = nameOf(...args);
    reach(`before ${name}`);
    const result = Reflect.apply(act, this, args);
    reach(`after ${name}`);
    return result;
  });
}

const named = (name: Step) => (): Step => name;

around(DatabaseSync.prototype, 'exec', (sql: string) =>
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
  around(WebSocket.prototype, 'emit', (event: string) =>
    event === 'message' ? 'frame in' : 'socket event',
  );
} else {
  around(MessagePort.prototype, 'postMessage', named('answer of storage'));
}
