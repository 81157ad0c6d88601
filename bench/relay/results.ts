/** Runs as they are kept, a line of JSON each, and as a table of middle figures. */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import type { Disk } from './disk/disks.ts';
import { median } from '../figures/quantile.ts';
import { SCENES, type SceneName } from './scenes/scenes.ts';
import type { Figures } from './scenes/scene.ts';
import { SERVERS, type ServerName } from './servers/servers.ts';

export interface Run {
  readonly scene: SceneName;
  readonly server: ServerName;
  readonly disk: Disk;
  readonly at: string;
  readonly figures: Figures;
}

export function readRuns(file: string): Run[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Run);
}

export function keepRun(file: string, run: Run): void {
  appendFileSync(file, `${JSON.stringify(run)}\n`);
}

const shown = (value: number | undefined): string => {
  if (value === undefined || Number.isNaN(value)) return '–';
  if (value >= 100) return Math.round(value).toLocaleString('en');
  return value.toFixed(value < 10 ? 2 : 1);
};

const pad = (cells: readonly string[], widths: readonly number[]): string =>
  `| ${cells.map((cell, index) => (index === 0 ? cell.padEnd(widths[index] ?? 0) : cell.padStart(widths[index] ?? 0))).join(' | ')} |`;

function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const rule = widths.map((width, index) =>
    index === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  );
  const [head, ...rest] = rows.map((row) => pad(row, widths));
  return [head, pad(rule, widths), ...rest].join('\n');
}

/** Tables in Markdown: a scene and disk each, a column a server. */
export function tablesOf(runs: readonly Run[]): string {
  const parts: string[] = [];
  for (const [place, among] of Map.groupBy(runs, ({ scene, disk }) => `${scene}, ${disk}`)) {
    const { scene } = among[0]!;
    const servers = (Object.keys(SERVERS) as ServerName[]).filter((name) =>
      among.some(({ server }) => server === name),
    );
    const ofServer = servers.map((name) => among.filter(({ server }) => server === name));
    const names = new Set(among.flatMap(({ figures }) => Object.keys(figures)));
    const rows = [...names].map((name) => [
      name,
      ...ofServer.map((own) => shown(median(own.flatMap(({ figures }) => figures[name] ?? [])))),
    ]);
    const counts = ofServer.map(({ length }) => String(length));
    parts.push(
      `### ${place}\n\n${SCENES[scene].about}.\n\n${table([['', ...servers], ...rows, ['runs', ...counts]])}\n`,
    );
  }
  return parts.join('\n');
}

/** What somebody may rely on who sees an entry, by server. */
export const promises = (): string =>
  table([
    ['server', 'what is certain when another person sees an entry'],
    ...Object.entries(SERVERS).map(([name, { about, promise }]) => [`${name}: ${about}`, promise]),
  ]);
