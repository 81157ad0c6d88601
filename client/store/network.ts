/** The one calm line that says how the network and the storage are. */
import { Kind } from '../../shared/entry/kinds.ts';
import { FOR_EVER } from '../../shared/protocol/control.ts';
import type { DeviceEnd, LinkState, OutboxItem, Unreached } from './sync-port.ts';

export type NetworkState =
  | { readonly type: 'online' }
  /** For the first seconds nothing is said: most links come back before anybody needs to know. */
  | { readonly type: 'connecting' }
  /** No way to the relay. `browser`: the device itself has no network. `never`: it has never met the relay. */
  | {
      readonly type: 'offline';
      readonly since: number;
      readonly browser: boolean;
      readonly waiting: number;
      readonly never?: boolean;
    }
  /** What is written here could never leave: no relay is there for this page. It goes on trying. */
  | { readonly type: 'unreachable'; readonly why: Exclude<Unreached, 'unknown'> }
  /** This build is older than the relay serves: reload; the outbox is kept. */
  | { readonly type: 'reload' }
  /** This device may read but not write; `until`: ms, null for good. */
  | { readonly type: 'blocked'; readonly until: number | null }
  /** This device forgot everything it held: what opens next starts as a new visitor. */
  | { readonly type: 'ended'; readonly why: DeviceEnd }
  /** The relay is not this community's, or refuses this device. */
  | { readonly type: 'refused' };

/** How long to say nothing: most links come back before anybody needs to know. */
const QUIET_MS = 4_000;

/**
 * What the relay's clock is ahead of this device's, ms. What is on screen is the relay's time. To the
 * second, because the two are compared again and again.
 */
export const clockAhead = (relayNow: number): number =>
  Math.round((relayNow - Date.now()) / 1_000) * 1_000;

/** Texts that no relay has: what the line counts. */
export const keptTexts = (outbox: readonly OutboxItem[]): number =>
  outbox.filter(
    ({ entry, state }) =>
      (entry.kind === Kind.say || entry.kind === Kind.ask) &&
      (state.type === 'waiting' || state.type === 'later'),
  ).length;

/**
 * @param now by the device's own clock, as `link.since` is
 * @param ahead what the relay's clock is ahead of it
 */
export function networkOf(
  link: LinkState,
  outbox: readonly OutboxItem[],
  now: number,
  ahead: number,
  browserOnline: boolean,
): NetworkState {
  switch (link.status) {
    case 'online': {
      const { blockedUntil: until = 0 } = link;
      if (until <= now + ahead) return { type: 'online' };
      return { type: 'blocked', until: until === FOR_EVER ? null : until };
    }
    case 'refused':
      switch (link.why) {
        case 'reload':
          return { type: 'reload' };
        case 'wrong-relay':
        case 'forbidden':
          return { type: 'refused' };
        default:
          return { type: 'ended', why: link.why };
      }
    case 'connecting':
      if (now - link.since < QUIET_MS) return { type: 'connecting' };
      break;
    case 'offline':
      if (link.never && link.never !== 'unknown') return { type: 'unreachable', why: link.never };
      break;
  }
  return {
    type: 'offline',
    since: link.since + ahead,
    browser: !browserOnline,
    waiting: keptTexts(outbox),
    ...('never' in link && { never: true }),
  };
}
