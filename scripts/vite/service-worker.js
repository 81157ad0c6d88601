// The desk's service worker. The build fills in its version and its files.
// The page itself is kept as the relay last served it, since the relay fills in the community.
const CACHE = 'comptoir-desk-__VERSION__';
const FILES = ['__FILES__'];
const PAGE = '/desk/';

addEventListener('install', (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(CACHE);
      await cache.addAll([PAGE, ...FILES].map((url) => new Request(url, { cache: 'reload' })));
      await skipWaiting();
    })(),
  );
});

addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      const names = await caches.keys();
      const old = names.filter((name) => name.startsWith('comptoir-desk-') && name !== CACHE);
      await Promise.all(old.map((name) => caches.delete(name)));
      await clients.claim();
    })(),
  );
});

addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return;
  if (request.mode === 'navigate') event.respondWith(freshPage(request));
  else if (FILES.includes(url.pathname)) event.respondWith(keptFile(request));
});

/** The relay's page when it answers soon, else the kept one. */
async function freshPage(request) {
  const cache = await caches.open(CACHE);
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(3000) });
    if (answer.ok) return answer;
  } catch {
    // No network, or a relay that does not answer: the kept page is what this worker is for.
  }
  return (await cache.match(PAGE)) ?? Response.error();
}

/** Files carry their hash in their name, so a kept one is never stale. */
async function keptFile(request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(request)) ?? fetch(request);
}
