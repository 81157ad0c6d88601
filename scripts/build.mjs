// Builds the pages, then the widget beside them, then the compressed copies of both.
// `--when-stale` builds only what is missing or older than its sources; `--verbose` tells all.
import { writeFile } from 'node:fs/promises';
import { compressFolder } from './compress.mjs';
import { isBuilt, LAST_BUILT } from './is-built.mjs';

if (!process.argv.includes('--when-stale') || !isBuilt()) {
  const { build } = await import('vite');
  const logLevel = process.argv.includes('--verbose') ? 'info' : 'warn';
  await build({ mode: 'pages', logLevel });
  await build({ mode: 'widget', logLevel });
  await compressFolder('dist');
  await writeFile(LAST_BUILT, '');
}
