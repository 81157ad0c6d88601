/** Why a relay that this device has never met does not answer: it asks by HTTP what stands at its address. */
import type { Unreached } from '../../store/sync-port.ts';

const MOST_MS = 8_000;

/** @param url the address of its socket. Never rejects. */
export async function whyUnreached(url: string): Promise<Unreached> {
  const relay = url.replace(/^ws/, 'http').replace(/sync$/, '');
  const ask = (path: string): Promise<Response> =>
    fetch(relay + path, {
      credentials: 'omit',
      cache: 'no-store',
      signal: AbortSignal.timeout(MOST_MS),
    });
  try {
    const answer = await ask('api/community').catch(() => null);
    // Nothing answers, or it does not talk to this page: a relay gives its script to any.
    if (!answer) return (await ask('comptoir.js')).ok ? 'origin' : 'unknown';
    if (answer.status === 403) return 'origin';
    if (answer.status === 404) return 'no-relay';
    if (!answer.ok) return 'unknown'; // a proxy whose relay is down
    if (!/json/.test(answer.headers.get('content-type') ?? '')) return 'no-relay';
    const { fingerprint } = (await answer.json()) as { readonly fingerprint?: unknown };
    return typeof fingerprint === 'string' ? 'no-socket' : 'unknown';
  } catch {
    return 'unknown'; // nothing that says more
  }
}
