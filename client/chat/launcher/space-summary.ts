/** Who is here, for the launcher: one GET without credentials, whose answer is checked. */
import type { FaceResponse } from '../../../shared/api/spaces.ts';
import { table } from './plain.ts';
import type { LauncherPerson } from './launcher-person.ts';

export interface SpaceSummary {
  /** There is no such space, or no relay. */
  readonly missing?: boolean;
  /** Null if nobody knows. */
  readonly here: number | null;
  readonly faces?: readonly LauncherPerson[];
}

/** How long an answer is reused by a page that swaps its body. */
const FRESH_MS = 60_000;
const MOST_MS = 8_000;
const asked = table<{ readonly at: number; readonly summary: Promise<SpaceSummary | null> }>();

/**
 * Null if the relay is out of reach or gives no sensible answer. Never rejects.
 * @param relay its whole address
 */
export async function fetchSpaceSummary(
  relay: string,
  space: string,
): Promise<SpaceSummary | null> {
  const url = `${relay}${relay[relay.length - 1] === '/' ? '' : '/'}api/spaces/${space}/face`;
  try {
    const at = performance.now();
    let known = asked[url];
    if (!known || at - known.at > FRESH_MS) known = asked[url] = { at, summary: ask(url) };
    return await known.summary;
  } catch {
    asked[url] = undefined;
    return null; // unreachable is a state on screen: "presence unknown"
  }
}

async function ask(url: string): Promise<SpaceSummary | null> {
  const answer = await fetch(url, { credentials: 'omit', signal: AbortSignal.timeout(MOST_MS) });
  if (answer.status === 404) return { missing: true, here: null };
  if (!answer.ok) return null;
  const { here, faces } = (await answer.json()) as Partial<FaceResponse>;
  if (typeof here !== 'number' || !Array.isArray(faces)) return null;
  return {
    here,
    faces: faces.slice(0, 3).map((one) => ({
      initials: initialsOf(`${one.name}`),
      hue: hueOf(`${one.member}`),
      presence: { type: one.here === true ? 'here' : 'unknown' },
    })),
  };
}

/** As shared/identity.ts has it, without its decoder: the loader is small. */
function hueOf(member: string): number {
  return atob(`${member.slice(0, 2).replace('-', '+').replace('_', '/')}==`).charCodeAt(0) % 12;
}

/** As shared/identity.ts has it. */
function initialsOf(name: string): string {
  const [first = [], second] = name
    .trim()
    .split(/[\s-]+/)
    // oxlint-disable-next-line typescript/no-misused-spread -- by code points, in few bytes
    .map((word) => [...word]);
  const letters = second?.[0] ? [first[0], second[0]] : first.slice(0, 2);
  return letters.join('').toLocaleUpperCase();
}
