/** Who is here, for the launcher: one GET without credentials, whose answer is checked. */
import type { FaceResponse } from '../../../shared/api/spaces.ts';

export interface SpaceSummary {
  readonly here: number;
  readonly faces: readonly {
    readonly name: string;
    readonly hue: string;
    readonly here: boolean;
  }[];
}

/** How long an answer is reused by a page that swaps its body. */
const FRESH_MS = 60_000;
const MOST_MS = 8_000;
const asked = new Map<
  string,
  { readonly at: number; readonly summary: Promise<SpaceSummary | null> }
>();

/** Null if the relay is out of reach or gives no sensible answer. Never rejects. */
export function fetchSpaceSummary(relay: string, space: string): Promise<SpaceSummary | null> {
  const url = `${relay.replace(/\/$/, '')}/api/spaces/${space}/face`;
  const known = asked.get(url);
  if (known && Date.now() - known.at < FRESH_MS) return known.summary;
  const summary = get(url).catch(() => {
    asked.delete(url);
    return null; // unreachable is a state on screen: "presence unknown"
  });
  asked.set(url, { at: Date.now(), summary });
  return summary;
}

async function get(url: string): Promise<SpaceSummary | null> {
  const answer = await fetch(url, { credentials: 'omit', signal: AbortSignal.timeout(MOST_MS) });
  if (!answer.ok) return null;
  const { here, faces } = (await answer.json()) as Partial<FaceResponse>;
  if (typeof here !== 'number' || !Array.isArray(faces)) return null;
  return {
    here,
    faces: faces.slice(0, 3).map((one) => ({
      name: `${one.name}`,
      hue: hueOf(`${one.member}`),
      here: one.here === true,
    })),
  };
}

/** As shared/identity.ts has it, without its decoder: the loader is small. */
function hueOf(member: string): string {
  return `${atob(`${member.slice(0, 2).replace('-', '+').replace('_', '/')}==`).charCodeAt(0) % 12}`;
}

/** As shared/identity.ts has it. */
export function initialsOf(name: string): string {
  const [first = [], second] = name
    .trim()
    .split(/[\s-]+/)
    .map((word) => Array.from(word));
  const letters = second?.[0] ? [first[0], second[0]] : first.slice(0, 2);
  return letters.join('').toLocaleUpperCase();
}
