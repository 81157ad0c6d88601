/** What a run of the bench is told on its command line. */
import { parseArgs } from 'node:util';
import { DISKS, type Disk } from './disk/disks.ts';
import { SCENES, type SceneName } from './scenes/scenes.ts';
import { SERVERS, type ServerName } from './servers/servers.ts';

export interface RelayBenchOptions {
  readonly scenes: readonly SceneName[];
  readonly servers: readonly ServerName[];
  readonly disk: Disk;
  readonly runs: number;
  readonly seconds: number;
  readonly seed: number;
  readonly isShort: boolean;
  /** Where runs are kept, one a line; those of before count too. */
  readonly out: string | undefined;
  /** Only shows what is kept there. */
  readonly isReport: boolean;
  readonly root: string;
  readonly profile: string | undefined;
}

const ROOT = new URL('../..', import.meta.url).pathname;

export const USAGE = `npm run bench -- relay [options]

  --scene a,b     only these (a name, or the beginning of some: chat, cold-open)
  --server a,b    only these: ${Object.keys(SERVERS).join(', ')}
  --disk name     ${Object.entries(DISKS)
    .map(([name, about]) => `${name}: ${about}`)
    .join('\n                  ')}
  --runs n        each is run so often, and the middle figure shown (5)
  --seconds n     how long a chat lasts (10)
  --seed n        of the schedules (1)
  --short         quick and rough
  --out file      adds each run to a file of JSON lines, and shows all that it has
  --report file   only shows what such a file has
  --root folder   measures the Comptoir of another checkout
  --profile dir   the servers write CPU profiles there

Scenes:
${Object.entries(SCENES)
  .map(([name, { about }]) => `  ${name.padEnd(20)} ${about}`)
  .join('\n')}
`;

/** @throws on an option or a name that is not known. */
export function readOptions(args: readonly string[]): RelayBenchOptions | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      scene: { type: 'string' },
      server: { type: 'string' },
      disk: { type: 'string', default: 'real' },
      runs: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '10' },
      seed: { type: 'string', default: '1' },
      short: { type: 'boolean', default: false },
      out: { type: 'string' },
      report: { type: 'string' },
      root: { type: 'string', default: ROOT },
      profile: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  return {
    scenes: chosen(Object.keys(SCENES) as SceneName[], values.scene),
    servers: chosen(Object.keys(SERVERS) as ServerName[], values.server),
    disk: chosen(Object.keys(DISKS) as Disk[], values.disk)[0]!,
    runs: Number(values.runs),
    seconds: Number(values.seconds),
    seed: Number(values.seed),
    isShort: values.short,
    out: values.report ?? values.out,
    isReport: values.report !== undefined,
    root: values.root,
    profile: values.profile,
  };
}

/** Those that are named, or begin so; all if none is. */
function chosen<Name extends string>(all: readonly Name[], named: string | undefined): Name[] {
  if (named === undefined) return [...all];
  return named.split(',').flatMap((word) => {
    const exact = all.filter((name) => name === word);
    const found = exact.length > 0 ? exact : all.filter((name) => name.startsWith(word));
    if (found.length === 0) throw new RangeError(`${word} is none of ${all.join(', ')}`);
    return found;
  });
}
