// After `npm ci`: sees to it that npm's scripts run on the Node that came with it. npm 10 and older link it
// and take the link away again with the packages of other systems, which have a command of the same name.
// Runs on whatever Node the machine has.
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const isWindows = process.platform === 'win32';
const name = `node-${isWindows ? 'win' : process.platform}-${process.arch}`;
const program = path.join('node_modules', name, 'bin', isWindows ? 'node.exe' : 'node');
const bin = path.join('node_modules', '.bin');
const link = path.join(bin, isWindows ? 'node.cmd' : 'node');

if (existsSync(program) && !existsSync(link)) {
  mkdirSync(bin, { recursive: true });
  if (isWindows) writeFileSync(link, `@"%~dp0\\..\\${name}\\bin\\node.exe" %*\r\n`);
  else symlinkSync(path.relative(bin, program), link);
}
