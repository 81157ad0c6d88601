/**
 * Two builds from one config: `--mode pages` makes the demo shop and the desk; `--mode widget` makes
 * `comptoir.js`, the loader that brands embed, with its lazy chunks beside it.
 */
import { resolve } from 'node:path';
import { type Plugin, type UserConfig, defineConfig } from 'vite';
import { deskServiceWorker } from './scripts/vite-service-worker.mjs';

const root = import.meta.dirname;
const RELAY = process.env['COMPTOIR_DEV_RELAY'] ?? 'http://127.0.0.1:8787';

/** In development Vite serves the pages, so it asks the relay for what the relay would fill in. */
function fillPages(): Plugin {
  return {
    name: 'comptoir:fill-pages',
    apply: 'serve',
    async transformIndexHtml(html) {
      const answer = await fetch(`${RELAY}/api/community`);
      const community = (await answer.json()) as { fingerprint: string };
      return html
        .replaceAll('%COMPTOIR_COMMUNITY%', community.fingerprint)
        .replaceAll('/comptoir.js', '/client/chat/comptoir-chat.ts');
    },
  };
}

/** The built loader is the widget build's: the shop embeds it by its address, as any site does. */
function leaveLoaderAlone(): Plugin {
  return {
    name: 'comptoir:leave-loader-alone',
    apply: 'build',
    enforce: 'pre',
    transformIndexHtml: {
      order: 'pre',
      handler: (html) => html.replaceAll('src="/comptoir.js"', 'src="/comptoir.js" vite-ignore'),
    },
  };
}

function pages(): UserConfig {
  return {
    build: {
      outDir: 'dist',
      emptyOutDir: true,
      target: 'es2022',
      modulePreload: false,
      assetsInlineLimit: 0,
      rolldownOptions: {
        input: { shop: resolve(root, 'index.html'), desk: resolve(root, 'desk/index.html') },
      },
    },
    plugins: [leaveLoaderAlone(), fillPages(), deskServiceWorker()],
    server: {
      proxy: {
        '/api': RELAY,
        '/healthz': RELAY,
        '/sync': { target: RELAY, ws: true },
      },
    },
  };
}

function widget(): UserConfig {
  return {
    publicDir: false,
    define: { 'process.env.NODE_ENV': JSON.stringify('production') },
    build: {
      outDir: 'dist',
      emptyOutDir: false,
      target: 'es2022',
      modulePreload: false,
      // In library mode Vite's own minifier keeps white space; the bundler's does not.
      minify: false,
      lib: { entry: resolve(root, 'client/chat/comptoir-chat.ts'), formats: ['es'] },
      rolldownOptions: {
        output: {
          minify: true,
          entryFileNames: 'comptoir.js',
          chunkFileNames: 'assets/comptoir-[name]-[hash].js',
        },
      },
    },
  };
}

export default defineConfig(({ mode }) => (mode === 'widget' ? widget() : pages()));
