// Lets Vite serve every module to @web/test-runner: one transform for the product and its tests.
import { createServer } from 'vite';
import { standIns } from './stand-ins.mjs';

const RUNNER = /^\/(?:__web-|__wds|wds-|node_modules\/@web\/)/;

/** @typedef {NonNullable<import('@web/test-runner').TestRunnerConfig['middleware']>[number]} Middleware */

/** @returns {Promise<{ middleware: Middleware, plugin: import('@web/test-runner').TestRunnerPlugin }>} */
export async function viteMiddleware() {
  const vite = await createServer({
    configFile: false,
    appType: 'custom',
    clearScreen: false,
    logLevel: 'warn',
    cacheDir: 'node_modules/.cache/vite-tests',
    // As in the builds, so that tests run what ships.
    resolve: { alias: standIns },
    // Named in advance: a dependency found in mid-run would reload the page under a test.
    optimizeDeps: { entries: ['client/**/*.ts'], exclude: ['@web/test-runner-commands'] },
    server: {
      middlewareMode: true,
      hmr: false,
      ws: false,
      watch: null,
      // No module changes while tests run: the browser need not ask for each of them in each file.
      headers: { 'Cache-Control': 'max-age=3600' },
    },
    plugins: [
      {
        name: 'comptoir:test-runner-modules',
        enforce: 'pre',
        resolveId: (id) => (RUNNER.test(id) ? { id, external: true } : null),
      },
    ],
  });
  return {
    middleware(context, next) {
      if (context.path === '/' || RUNNER.test(context.path)) return next();
      context.respond = false;
      context.res.statusCode = 200;
      return new Promise((resolve) => {
        context.res.once('close', () => resolve(undefined));
        vite.middlewares(context.req, context.res, () => {
          context.respond = true;
          resolve(next());
        });
      });
    },
    plugin: { name: 'comptoir:close-vite', serverStop: () => vite.close() },
  };
}
