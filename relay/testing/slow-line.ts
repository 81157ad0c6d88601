/** A line between a device and a relay that carries only so much: a TCP proxy of one port. */
import { once } from 'node:events';
import { type Socket, connect, createServer } from 'node:net';

export interface SlowLine extends AsyncDisposable {
  /** The address of `/sync` at its end. */
  readonly url: string;
  /** What the relay has said over it, in bytes. */
  readonly carried: number;
  /** How often a device has dialled the relay's socket. */
  readonly dials: number;
}

/**
 * @param socketUrl of the relay
 * @param bitsPerSecond what it carries towards the device, over all connections together
 */
export async function openSlowLine(socketUrl: string, bitsPerSecond: number): Promise<SlowLine> {
  const { port, pathname } = new URL(socketUrl);
  const sockets = new Set<Socket>();
  let carried = 0;
  let dials = 0;
  /** Until when the line is busy. */
  let busyUntil = 0;
  const carry = (from: Socket, bytes: Buffer, to: Socket): void => {
    carried += bytes.length;
    busyUntil = Math.max(busyUntil, performance.now()) + (bytes.length * 8_000) / bitsPerSecond;
    from.pause();
    setTimeout(
      () => {
        if (to.write(bytes)) from.resume();
        else to.once('drain', () => from.resume());
      },
      Math.max(0, busyUntil - performance.now()),
    );
  };
  const server = createServer({ noDelay: true }, (device) => {
    const relay = connect({ port: Number(port), host: '127.0.0.1', noDelay: true });
    for (const socket of [device, relay]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => sockets.delete(socket));
    }
    device.pipe(relay);
    device.on('data', (bytes: Buffer) => {
      if (bytes.toString('latin1', 0, 20).startsWith(`GET ${pathname} `)) dials++;
    });
    relay.on('data', (bytes: Buffer) => carry(relay, bytes, device));
    relay.on('close', () => device.end());
    device.on('close', () => relay.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const own = address !== null && typeof address === 'object' ? address.port : 0;
  return {
    url: `ws://127.0.0.1:${own}${pathname}`,
    get carried() {
      return carried;
    },
    get dials() {
      return dials;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
