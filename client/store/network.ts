/** From the link to the one calm line. */
import type { NetworkState } from './network-state.ts';
import type { LinkState } from './sync-port.ts';

/** @param waiting own messages that no relay has */
export function networkState(
  link: LinkState,
  waiting: number,
  browserOnline: boolean,
): NetworkState {
  switch (link.status) {
    case 'online':
      return { type: 'online' };
    case 'connecting':
      return { type: 'connecting' };
    case 'offline':
      return { type: 'offline', since: link.since, browser: !browserOnline, waiting };
    case 'refused':
      return link.why === 'reload' ? { type: 'reload' } : { type: 'refused' };
  }
}
