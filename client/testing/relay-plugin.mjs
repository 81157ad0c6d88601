// Lets browser tests start, kill and restart a real relay: `executeServerCommand('relay', …)`.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  server.close();
  await once(server, 'close');
  return port;
}

/** @returns {import('@web/test-runner').TestRunnerPlugin} */
export function relayPlugin() {
  /** @type {Map<number, { data: string, origin: string, child: import('node:child_process').ChildProcess | null, invitation: string }>} */
  const relays = new Map();

  /** @param {number} port */
  async function boot(port) {
    const relay = relays.get(port);
    if (!relay) throw new Error(`no relay on ${port}`);
    const child = spawn(process.execPath, ['relay/start.js'], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...process.env,
        PORT: String(port),
        COMPTOIR_DATA: relay.data,
        COMPTOIR_ORIGINS: relay.origin,
      },
    });
    relay.child = child;
    child.stdout.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
      relay.invitation = /#invite=(\S+)/.exec(text)?.[1] ?? relay.invitation;
    });
    for (;;) {
      if (child.exitCode !== null) throw new Error('the relay ended at start');
      const answer = await fetch(`http://127.0.0.1:${port}/api/community`).catch(() => undefined);
      if (answer?.ok && (relay.invitation !== '' || relays.get(port) !== relay)) {
        return {
          port,
          url: `http://127.0.0.1:${port}`,
          invitation: relay.invitation,
          .../** @type {object} */ (await answer.json()),
        };
      }
      await new Promise((next) => setTimeout(next, 20));
    }
  }

  /** @param {number} port */
  async function kill(port) {
    const child = relays.get(port)?.child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  return {
    name: 'comptoir:relay',
    async executeCommand({ command, payload }) {
      if (command !== 'relay') return undefined;
      const { act, port, origin } =
        /** @type {{ act: 'start' | 'kill' | 'boot', port: number, origin: string }} */ (payload);
      switch (act) {
        case 'start': {
          const free = await freePort();
          const data = await mkdtemp(path.join(tmpdir(), 'comptoir-test-'));
          relays.set(free, { data, origin, child: null, invitation: '' });
          return boot(free);
        }
        case 'kill':
          await kill(port);
          return true;
        case 'boot':
          return boot(port);
        default:
          throw new Error(`relay cannot ${String(act)}`);
      }
    },
    async serverStop() {
      for (const [port, { data }] of relays) {
        await kill(port);
        await rm(data, { recursive: true, force: true });
      }
    },
  };
}
