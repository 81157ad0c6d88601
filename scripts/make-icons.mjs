// Draws the desk's app icons from the mark, in a browser: `node scripts/make-icons.mjs`. The PNGs are committed.
import { writeFile } from 'node:fs/promises';
import { chromium } from 'playwright-core';
import { browserArgs, findBrowser } from './browser.mjs';

const MARK =
  '<path d="M4 12.5a8 8 0 0 1 16 0z"/><rect x="1.5" y="14" width="21" height="3" rx="1.5"/><path d="M6 17h5.5L6 21.5z"/>';
const GREEN = '#135b43';
const PAPER = '#f8f6f2';

/** @param {{ part: number, radius: number }} shape share of the side that the mark takes; corner, of 24 */
const drawn = ({ part, radius }) => {
  const scale = part;
  const shift = 12 - 12 * scale;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><rect width="24" height="24" rx="${radius}" fill="${GREEN}"/><g fill="${PAPER}" transform="translate(${shift} ${shift}) scale(${scale})">${MARK}</g></svg>`;
};

const rounded = drawn({ part: 0.68, radius: 5.4 });
const full = drawn({ part: 0.54, radius: 0 });
const folder = new URL('../public/desk/', import.meta.url);
await writeFile(new URL('icon.svg', folder), `${rounded}\n`);

const browser = await chromium.launch({ executablePath: await findBrowser(), args: browserArgs });
try {
  const page = await browser.newPage();
  /** @type {[name: string, svg: string, side: number][]} */
  const icons = [
    ['icon-192', rounded, 192],
    ['icon-512', rounded, 512],
    ['icon-maskable-512', full, 512],
    ['icon-180', full, 180],
  ];
  for (const [name, svg, side] of icons) {
    await page.setViewportSize({ width: side, height: side });
    await page.setContent(
      `<style>html,body{margin:0;background:transparent}svg{display:block;width:${side}px}</style>${svg}`,
    );
    await page.screenshot({ path: new URL(`${name}.png`, folder).pathname, omitBackground: true });
  }
} finally {
  await browser.close();
}
