// Lets browser tests start, kill and restart a real relay: `executeServerCommand('relay', …)`.
import { RelayProcess } from '../../relay/testing/machine/relay-process.ts';

/** @returns {import('@web/test-runner').TestRunnerPlugin} */
export function relayPlugin() {
  /** @type {Map<number, RelayProcess>} */
  const relays = new Map();

  /** @param {number} port */
  function relayOn(port) {
    const relay = relays.get(port);
    if (!relay) throw new Error(`no relay on ${port}`);
    return relay;
  }

  /** @param {RelayProcess} relay */
  async function about({ port, url, invitation }) {
    const community = await (await fetch(`${url}/api/community`)).json();
    return {
      port,
      url,
      invitation: invitation.split('#invite=')[1],
      .../** @type {object} */ (community),
    };
  }

  return {
    name: 'comptoir:relay',
    async executeCommand({ command, payload }) {
      if (command !== 'relay') return undefined;
      const { act, port, origin } =
        /** @type {{ act: 'start' | 'kill' | 'boot', port: number, origin: string }} */ (payload);
      switch (act) {
        case 'start': {
          const relay = await RelayProcess.start({ env: { COMPTOIR_ORIGINS: origin } });
          relays.set(relay.port, relay);
          return about(relay);
        }
        case 'kill':
          await relayOn(port).kill();
          return true;
        case 'boot':
          await relayOn(port).boot();
          return about(relayOn(port));
        default:
          throw new Error(`relay cannot ${String(act)}`);
      }
    },
    async serverStop() {
      for (const relay of relays.values()) await relay.dispose();
    },
  };
}
