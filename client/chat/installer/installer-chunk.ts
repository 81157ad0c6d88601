/** What whoever put the chat on a page reads in its console: what is wrong, and what to do. In English. */
import { page } from '../../signals/page.ts';
import type { NetworkState } from '../../store/network.ts';

export interface Snippet {
  readonly relay: string;
  readonly community: string;
}

/** Empty where nothing is wrong with the installation, as far as this page knows. */
export function installerHelp(network: NetworkState, { relay, community }: Snippet): string {
  const { origin } = page.location;
  const at = `the relay at "${relay || origin}"`;
  switch (network.type) {
    case 'refused':
      return `${at} is not that of the community "${community}", or lets nobody in. The snippet that the relay prints at its start has both.`;
    case 'unreachable':
      return {
        origin: `${at} does not talk to pages of ${origin}. Name this origin in the relay's COMPTOIR_ORIGINS, and start it again.`,
        'no-relay': `something else than a relay answers at "${relay || origin}". Put the address that the relay prints at its start into the attribute "relay".`,
        'no-socket': `${at} answers, and its WebSocket does not come through. Let the proxy before it pass upgrades of /sync; some networks allow none.`,
      }[network.why];
    case 'offline':
      return network.never && !network.browser ? `${at} does not answer.${causes(relay)}` : '';
    default:
      return '';
  }
}

function causes(relay: string): string {
  const isMixed = page.location.protocol === 'https:' && relay.startsWith('http:');
  if (isMixed) return ' A page served by https reaches no relay by http: give its https address.';
  return ' Does it run? Is its address right, and is this page’s origin in its COMPTOIR_ORIGINS? Does connect-src of the page’s policy name it, by https and by wss?';
}
