/** The y-websocket server with its LevelDB persistence (`YPERSISTENCE`), as its own start file does it. */
import { createServer } from 'node:http';
import { once } from 'node:events';
import { setupWSConnection } from '@y/websocket-server/utils';
import { WebSocketServer } from 'ws';

const sockets = new WebSocketServer({ noServer: true });
sockets.on('connection', setupWSConnection);
const server = createServer();
server.on('upgrade', (request, socket, head) =>
  sockets.handleUpgrade(request, socket, head, (client) =>
    sockets.emit('connection', client, request),
  ),
);
server.listen(Number(process.env['PORT']), '127.0.0.1', 4_096);
await once(server, 'listening');
process.stdout.write('ready\n');
