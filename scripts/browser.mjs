// Finds a Chromium for the tests, or gets one: an installed browser, Playwright's cache, Debian's
// package (as root), or a build from the npm registry.
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  renameSync,
} from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { chromium } from 'playwright-core';

const isRoot = process.platform === 'linux' && process.getuid?.() === 0;
const PACKAGED_VERSION = '153.0.0';

/** Flags that keep Chromium quiet and off the network, and let root run it. */
export const browserArgs = [
  ...(isRoot ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
];

/** @param {readonly (string | undefined)[]} paths */
const firstThere = (paths) => paths.find((file) => file !== undefined && existsSync(file));

function installed() {
  if (process.platform === 'darwin') {
    const apps = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
    return firstThere(
      ['', homedir()].flatMap((home) =>
        apps.map((app) => `${home}/Applications/${app}.app/Contents/MacOS/${app}`),
      ),
    );
  }
  if (process.platform === 'win32') {
    const { PROGRAMFILES, 'PROGRAMFILES(X86)': programFiles86, LOCALAPPDATA } = process.env;
    const tails = ['Google/Chrome/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe'];
    return firstThere(
      [LOCALAPPDATA, PROGRAMFILES, programFiles86].flatMap((base) =>
        base === undefined ? [] : tails.map((tail) => path.join(base, tail)),
      ),
    );
  }
  const names = [
    'google-chrome-stable',
    'google-chrome',
    'chromium',
    'chromium-browser',
    'microsoft-edge-stable',
  ];
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  // Debian's /usr/bin/chromium is a wrapper script that swallows signals: prefer the program itself.
  return firstThere([
    '/usr/lib/chromium/chromium',
    ...folders.flatMap((folder) => names.map((name) => path.join(folder, name))),
  ]);
}

function fromPlaywright() {
  return firstThere([chromium.executablePath()]);
}

function fromDebian() {
  if (!isRoot || !existsSync('/usr/bin/apt-get')) return undefined;
  console.error('No Chromium found: installing the Debian package.');
  /** @param {string[]} args */
  const apt = (...args) =>
    execFileSync('apt-get', args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  const install = [
    'install',
    '-y',
    '--no-install-recommends',
    'chromium',
    'fonts-noto-color-emoji',
  ];
  try {
    apt(...install);
  } catch {
    try {
      apt('update');
      apt(...install);
    } catch (error) {
      console.error(`apt-get could not install it: ${String(error)}`);
      return undefined;
    }
  }
  return installed();
}

async function fromNpm() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const folder = path.resolve(`node_modules/.cache/chromium-${PACKAGED_VERSION}`);
  const program = path.join(folder, 'chromium');
  if (existsSync(program)) return program;
  console.error(
    `No Chromium found: fetching @sparticuz/chromium@${PACKAGED_VERSION} from the npm registry.`,
  );
  mkdirSync(folder, { recursive: true });
  execFileSync(
    'npm',
    [
      'install',
      '--prefix',
      folder,
      '--no-save',
      '--ignore-scripts',
      `@sparticuz/chromium@${PACKAGED_VERSION}`,
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const packed = path.join(folder, 'node_modules/@sparticuz/chromium/bin/chromium.br');
  const partial = `${program}.${process.pid}`;
  await pipeline(createReadStream(packed), createBrotliDecompress(), createWriteStream(partial));
  chmodSync(partial, 0o755);
  renameSync(partial, program); // at once: a parallel run never starts half a file
  return program;
}

/**
 * The path of a Chromium to run tests with.
 * @returns {Promise<string>}
 */
export async function findBrowser() {
  const chosen = process.env.CHROME_PATH;
  if (chosen !== undefined) {
    if (!existsSync(chosen)) throw new Error(`CHROME_PATH is ${chosen}, which does not exist.`);
    return chosen;
  }
  const found = installed() ?? fromPlaywright() ?? fromDebian() ?? (await fromNpm());
  if (found === undefined)
    throw new Error('No Chrome or Chromium found. Install one, or set CHROME_PATH to it.');
  return found;
}
