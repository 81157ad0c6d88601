// Whether `dist` is newer than everything that it is built from.
import { globSync, statSync } from 'node:fs';

const SOURCES = [
  '*.html',
  'desk/**',
  'client/**',
  'shared/**',
  'public/**',
  'scripts/**',
  'vite.config.ts',
  'package-lock.json',
];
/** The build's last file: it is there only if all went well. Its name keeps it from being served. */
export const LAST_BUILT = 'dist/.built';

/** Folders count too: removing a file changes its folder. */
export function isBuilt() {
  const built = statSync(LAST_BUILT, { throwIfNoEntry: false });
  if (built === undefined) return false;
  return globSync(SOURCES).every((file) => statSync(file).mtimeMs < built.mtimeMs);
}
