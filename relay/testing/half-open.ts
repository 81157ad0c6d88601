/**
 * Connects many sockets that say little and stay: a process of its own, since the descriptors of one
 * do not suffice for both ends. Started by `halfOpen`; tells its parent once all are connected.
 */
import { connect } from 'node:net';

const [port, count, said = '', from = '127.0.0.1'] = process.argv.slice(2);
const left = { toConnect: Number(count), toSettle: Number(count), connected: 0, failed: 0 };

function settled(worked: boolean): void {
  left[worked ? 'connected' : 'failed'] += 1;
  left.toSettle -= 1;
  if (left.toSettle === 0) process.send?.({ connected: left.connected, failed: left.failed });
  else next();
}

function next(): void {
  if (left.toConnect === 0) return;
  left.toConnect -= 1;
  let worked = false;
  const way = { port: Number(port), host: '127.0.0.1', localAddress: from };
  const socket = connect(way, () => {
    worked = true;
    socket.write(said);
    settled(true);
  });
  socket.on('error', () => {
    if (!worked) settled(false);
  });
  socket.on('data', () => {});
}

for (let together = 0; together < 200; together++) next();
