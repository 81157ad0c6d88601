// Makes the desk's service worker from the finished bundle: it keeps the desk's own page and files,
// so that the desk opens with no network. It touches nothing else.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const TEMPLATE = fileURLToPath(new URL('service-worker.js', import.meta.url));

/** @returns {import('vite').Plugin} */
export function deskServiceWorker() {
  return {
    name: 'comptoir:desk-service-worker',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const hash = createHash('sha256');
        const files = filesOf('desk/index.html', bundle);
        for (const file of files) {
          const item = bundle[file];
          if (item) hash.update(file).update(item.type === 'chunk' ? item.code : item.source);
        }
        const source = readFileSync(TEMPLATE, 'utf8')
          .replace('__VERSION__', hash.digest('hex').slice(0, 12))
          .replace(
            "['__FILES__']",
            JSON.stringify(
              files.filter((file) => !file.endsWith('.html')).map((file) => `/${file}`),
            ),
          );
        this.emitFile({ type: 'asset', fileName: 'desk/service-worker.js', source });
      },
    },
  };
}

/**
 * A page's file and all that it names, directly or through other files of the bundle.
 * @param {string} page
 * @param {import('vite').Rolldown.OutputBundle} bundle
 */
function filesOf(page, bundle) {
  const found = new Set([page]);
  for (const file of found) {
    const item = bundle[file];
    if (!item) continue;
    const text = item.type === 'chunk' ? item.code : item.source.toString();
    for (const other of Object.keys(bundle)) {
      const name = other.split('/').at(-1) ?? other;
      if (!other.endsWith('.map') && !other.endsWith('.html') && text.includes(name))
        found.add(other);
    }
  }
  return [...found].toSorted();
}
