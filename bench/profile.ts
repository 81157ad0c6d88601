/**
 * What a server's time was made of while it was measured, from the profiles that
 * `npm run bench -- relay --profile <folder>` leaves: `npm run bench -- profile <folder>`. Tables for each
 * thread: time in the functions themselves, in files, and in our functions with all that they call.
 */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Node {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string };
  readonly children?: readonly number[];
}

interface Profile {
  readonly nodes: readonly Node[];
  /** µs of the system's steady clock, as in `measured.json`. */
  readonly startTime: number;
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

interface Between {
  readonly from: number;
  readonly to: number;
}

const MOST_LINES = 40;
const LEAST_SHARE = 0.004;

class Times extends Map<string, number> {
  add(name: string, time: number): void {
    this.set(name, (this.get(name) ?? 0) + time);
  }

  show(title: string, busy: number): void {
    console.log(`\n  ${title}`);
    for (const [what, time] of [...this].toSorted((a, b) => b[1] - a[1]).slice(0, MOST_LINES)) {
      if (time < busy * LEAST_SHARE) break;
      const ms = (time / 1_000).toFixed(0).padStart(7);
      console.log(`  ${ms} ms ${((time / busy) * 100).toFixed(1).padStart(5)} %  ${what}`);
    }
  }
}

const placeOf = (url: string): string =>
  url.replace(/^file:\/\/.*?\/(?=(relay|shared|node_modules|bench)\/)/, '');

function nameOf({ callFrame }: Node): string {
  const { functionName, url } = callFrame;
  return `${functionName === '' ? '(anonymous)' : functionName} ${placeOf(url)}`;
}

function read(file: string, between: Between): void {
  const profile = JSON.parse(readFileSync(file, 'utf8')) as Profile;
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const parents = new Map(
    profile.nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])),
  );
  const [own, files, whole] = [new Times(), new Times(), new Times()];
  let now = profile.startTime;
  let busy = 0;
  profile.samples.forEach((id, index) => {
    const delta = profile.timeDeltas[index] ?? 0;
    now += delta;
    const node = nodes.get(id);
    if (!node || now < between.from || now > between.to) return;
    if (node.callFrame.functionName === '(idle)') return;
    busy += delta;
    own.add(nameOf(node), delta);
    files.add(placeOf(node.callFrame.url) || node.callFrame.functionName, delta);
    const callers = new Set<string>();
    for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
      const caller = nodes.get(at);
      if (caller && /^(relay|shared)\//.test(placeOf(caller.callFrame.url)))
        callers.add(nameOf(caller));
    }
    for (const caller of callers) whole.add(caller, delta);
  });
  if (busy === 0) return;
  console.log(`\n${file}: busy ${(busy / 1_000).toFixed(0)} ms`);
  own.show('in functions themselves', busy);
  files.show('in files', busy);
  whole.show('in our functions and what they call', busy);
}

const folder = process.argv[2] ?? '.';
const noted = join(folder, 'measured.json');
const between = existsSync(noted)
  ? (JSON.parse(readFileSync(noted, 'utf8')) as Between)
  : { from: 0, to: Infinity };
for (const file of globSync('*.cpuprofile', { cwd: folder })) read(join(folder, file), between);
