/** Hocuspocus with its SQLite extension, as its documentation sets it up. */
import { join } from 'node:path';
import { SQLite } from '@hocuspocus/extension-sqlite';
import { Server } from '@hocuspocus/server';

const server = new Server({
  port: Number(process.env['PORT']),
  address: '127.0.0.1',
  quiet: true,
  extensions: [
    new SQLite({ database: join(process.env['BENCH_DATA'] ?? '.', 'hocuspocus.sqlite') }),
  ],
});
await server.listen();
process.stdout.write('ready\n');
