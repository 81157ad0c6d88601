// Elements, stores and IndexedDB in a real Chromium. Vite serves the modules.
import { summaryReporter } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import { browserArgs, findBrowser } from './scripts/browser.mjs';
import { countReporter } from './scripts/count-reporter.mjs';
import { relayPlugin } from './client/testing/relay-plugin.mjs';
import { viteMiddleware } from './scripts/vite/middleware.mjs';

const { middleware, plugin } = await viteMiddleware();

// The browser runs where it is about noon: no day begins among messages of the last hours. The signs of these
// names are turned: `Etc/GMT-3` is three hours ahead.
const ahead = 12 - new Date().getUTCHours();
process.env.TZ = `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;

export default {
  files: process.env.TEST_FILES?.split(' ') ?? ['client/**/*.test.ts'],
  nodeResolve: false,
  // A page behind another one is never painted: no animation frame, no scroll event.
  concurrency: 1,
  testsFinishTimeout: 180_000,
  testFramework: { config: { timeout: 15_000 } },
  // Elements find their words loaded, as their surfaces load them.
  testRunnerHtml: (framework) => `<!doctype html>
    <html lang="fr">
      <body>
        <script type="module" src="/client/locales/all-packs.ts"></script>
        <script type="module" src="${framework}"></script>
      </body>
    </html>`,
  browsers: [
    chromeLauncher({ launchOptions: { executablePath: await findBrowser(), args: browserArgs } }),
  ],
  middleware: [middleware],
  plugins: [plugin, relayPlugin()],
  reporters: [summaryReporter({ flatten: true }), countReporter()],
};
