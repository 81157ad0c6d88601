// Bundles the relay to JavaScript, for the package: Node runs no TypeScript that lies under node_modules.
// Only `sharp` stays outside: it is native. `node scripts/build-relay.mjs <folder> <module>` bundles it into
// another folder, and leaves out a module that somebody wants to reach into.
import { readFile, writeFile } from 'node:fs/promises';
import { build } from 'vite';

/** Where package.json's `bin` and `files` look for it, unless another folder is named. */
const [folder = 'packaged', ...outside] = process.argv.slice(2);

/** Each is started by its own name, by the process, the storage threads and the photo decoder. */
const ENTRIES = {
  main: 'relay/main.ts',
  'storage-thread': 'relay/storage/sqlite/storage-thread.ts',
  'decode-photo': 'relay/features/cards/decode-photo.ts',
};

/** Files that are started, not imported, are all in one folder, and are JavaScript. */
const startedFiles = {
  name: 'comptoir:started-files',
  /** @param {string} code */
  transform: (code) =>
    code.replaceAll(
      /new URL\((['"])\.\/([\w-]+)\.ts\1, import\.meta\.url\)/g,
      (_whole, _quote, name) => `new URL('./${name}.js', import.meta.url)`,
    ),
};

await build({
  configFile: false,
  logLevel: 'warn',
  publicDir: false,
  plugins: [startedFiles],
  // Three threads that look for hundreds of small files take longer than all the rest of a start.
  ssr: { noExternal: true, external: ['sharp', ...outside] },
  build: {
    ssr: true,
    outDir: folder,
    emptyOutDir: true,
    target: 'node26',
    rolldownOptions: {
      input: ENTRIES,
      checks: { pluginTimings: false },
      output: {
        entryFileNames: '[name].js',
        chunkFileNames: '[name]-[hash].js',
        // A start parses half as much. Names stay, so that a stack says where it was.
        minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
      },
    },
  },
});
const start = await readFile('relay/start.js', 'utf8');
await writeFile(
  `${folder}/start.js`,
  `#!/usr/bin/env node\n${start.replace('./main.ts', './main.js')}`,
  { mode: 0o755 },
);
