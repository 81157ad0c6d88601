/**
 * Loaded before the relay (`--import`), in each of its threads: a disk that is as the file named by `BAD_DISK`
 * says. `slow 200`: whatever waits for the disk waits 200 ms more. `read-only`: nothing can be written. Empty: a
 * disk like any other.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { DatabaseSync } from 'node:sqlite';

const { fsyncSync, readFileSync, writeSync } = fs;
const { exec } = DatabaseSync.prototype;
const never = new Int32Array(new SharedArrayBuffer(4));

/** @returns {string[]} */
const disk = () => readFileSync(process.env['BAD_DISK'] ?? '', 'utf8').split(' ');

function waitForDisk() {
  const [how, ms] = disk();
  if (how === 'slow') Atomics.wait(never, 0, 0, Number(ms));
}

/** Whether this thread writes: what only reads needs no disk. */
let isWriting = false;

/** @param {string} sql */
DatabaseSync.prototype.exec = function (sql) {
  const [how] = disk();
  if (sql.startsWith('BEGIN')) isWriting = sql === 'BEGIN IMMEDIATE';
  const isWrite = (isWriting && sql === 'COMMIT') || sql.startsWith('PRAGMA user_version =');
  // https://sqlite.org/rescode.html#readonly
  if (how === 'read-only' && (isWrite || sql === 'BEGIN IMMEDIATE'))
    throw Object.assign(new Error('attempt to write a readonly database'), { errcode: 8 });
  exec.call(this, sql);
  if (isWrite) waitForDisk();
};

/** @param {any[]} args */
fs.writeSync = (...args) => {
  if (disk()[0] === 'read-only')
    throw Object.assign(new Error('EROFS: read-only file system, write'), { code: 'EROFS' });
  return Reflect.apply(writeSync, fs, args);
};

fs.fsyncSync = (file) => {
  fsyncSync(file);
  waitForDisk();
};
syncBuiltinESMExports();
