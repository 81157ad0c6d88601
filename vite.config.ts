/**
 * Two builds from one config: `--mode pages` makes the demo shop and the desk; `--mode widget` makes
 * `comptoir.js`, the loader that brands embed, with its lazy chunks beside it.
 */
import { resolve } from 'node:path';
import { type Plugin, type UserConfig, defineConfig } from 'vite';
import { minify as terser } from 'terser';
import { firstChunk } from './scripts/vite/first-chunk.mjs';
import { widgetChunks } from './scripts/vite/widget-chunks.mjs';
import { arrayOnlyYjs } from './scripts/vite/array-only-yjs.mjs';
import { standIns } from './scripts/vite/stand-ins.mjs';
import { deskServiceWorker } from './scripts/vite/service-worker-plugin.mjs';

const root = import.meta.dirname;
const RELAY = process.env['COMPTOIR_DEV_RELAY'] ?? 'http://127.0.0.1:8787';

/** Browsers that have relative colours and light-dark(): nothing is lowered for older ones. */
const CSS_TARGET = ['chrome123', 'firefox128', 'safari17.5'];

/** What the minifier takes is no news to whoever builds. */
const CHECKS = { pluginTimings: false };

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
        .replaceAll('/comptoir.js', '/client/roots/loader.ts');
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

/** What the shop's script fills in would move what stands there, so the first paint waits for it. */
function paintAfterShop(): Plugin {
  return {
    name: 'comptoir:paint-after-shop',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (html, { filename }) =>
        filename.includes('/desk/')
          ? html
          : html.replace(
              'type="module" crossorigin',
              'type="module" blocking="render" crossorigin',
            ),
    },
  };
}

/** The budget is counted in hundreds of bytes: a second minifier finds 2 % more. */
function tighten(): Plugin {
  return {
    name: 'comptoir:tighten',
    apply: 'build',
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        for (const chunk of Object.values(bundle)) {
          if (chunk.type !== 'chunk') continue;
          const options = { module: true, ecma: 2020, compress: { passes: 3 } } as const;
          const { code = chunk.code } = await terser(chunk.code, options);
          // Templates keep the indentation of the source, which HTML reads as one space.
          chunk.code = code.replaceAll(/\n {2,}/g, ' ');
        }
      },
    },
  };
}

function pages(): UserConfig {
  return {
    build: {
      outDir: 'dist',
      emptyOutDir: true,
      target: 'es2022',
      cssTarget: CSS_TARGET,
      modulePreload: false,
      assetsInlineLimit: 0,
      rolldownOptions: {
        checks: CHECKS,
        input: {
          shop: resolve(root, 'index.html'),
          delivery: resolve(root, 'delivery.html'),
          desk: resolve(root, 'desk/index.html'),
        },
      },
    },
    resolve: { alias: standIns },
    plugins: [
      arrayOnlyYjs(),
      leaveLoaderAlone(),
      fillPages(),
      paintAfterShop(),
      deskServiceWorker(),
    ],
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
    resolve: { alias: standIns },
    plugins: [arrayOnlyYjs(), tighten(), firstChunk()],
    define: { 'process.env.NODE_ENV': JSON.stringify('production') },
    build: {
      outDir: 'dist',
      emptyOutDir: false,
      target: 'es2022',
      modulePreload: false,
      // In library mode Vite's own minifier keeps white space; the bundler's does not.
      minify: false,
      cssMinify: 'lightningcss',
      cssTarget: CSS_TARGET,
      lib: { entry: resolve(root, 'client/roots/loader.ts'), formats: ['es'] },
      rolldownOptions: {
        checks: CHECKS,
        output: {
          minify: true,
          entryFileNames: 'comptoir.js',
          chunkFileNames: ({ name }) => `assets/comptoir-${name.replace(/-chunk$/, '')}-[hash].js`,
          codeSplitting: widgetChunks(),
        },
      },
    },
  };
}

export default defineConfig(({ mode }) => (mode === 'widget' ? widget() : pages()));
