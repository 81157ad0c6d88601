/** Registers the desk's service worker through the page's Trusted Types policy, which knows that one address. */
export const SERVICE_WORKER = '/desk/service-worker.js';

/** Trusted Types as far as we use them; not in every browser. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): { createScriptURL(url: string): string };
}

function scriptUrl(url: string): string {
  if (url !== SERVICE_WORKER) throw new TypeError(`not a script of the desk: ${url}`);
  return url;
}

/** The address as the browser wants it: a TrustedScriptURL where there are Trusted Types. */
export function trustedServiceWorker(): string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  if (!trustedTypes) return scriptUrl(SERVICE_WORKER);
  return trustedTypes
    .createPolicy('comptoir', { createScriptURL: scriptUrl })
    .createScriptURL(SERVICE_WORKER);
}

/** Without it the desk works all the same; it only does not open with no network. */
export async function registerServiceWorker(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  try {
    await navigator.serviceWorker.register(trustedServiceWorker(), { scope: '/desk/' });
  } catch (error) {
    console.warn('Comptoir: the desk will not open without a network', error);
  }
}
