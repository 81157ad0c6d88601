/**
 * What the brand's page tells about a visitor, such as a segment or a basket: it stays between the page,
 * this relay and the helper. It is in memory while they are connected, in no room and on no disk. Only
 * what the space allows is passed on.
 */
import type { MemberId, SpaceId } from '../../../shared/ids.ts';
import { Limits } from '../../../shared/limits.ts';
import { cleanLine } from '../../../shared/text/plain-line.ts';

const MOST_VALUE = 200;

export class VisitorAttributes {
  readonly #allowedIn: (space: SpaceId) => readonly string[];
  readonly #byMember = new Map<MemberId, ReadonlyMap<string, string>>();

  /** @param allowedIn names that a space lets through. */
  constructor(allowedIn: (space: SpaceId) => readonly string[]) {
    this.#allowedIn = allowedIn;
  }

  /** Takes a JSON object of texts. Returns whether it was one. */
  set(member: MemberId, json: string): boolean {
    const texts = textsIn(json);
    if (!texts) return false;
    this.#byMember.set(member, texts);
    return true;
  }

  /** What a space lets through, as a JSON object; null if the page told nothing. */
  of(member: MemberId, space: SpaceId): string | null {
    const texts = this.#byMember.get(member);
    if (!texts) return null;
    const allowed = new Set(this.#allowedIn(space));
    return JSON.stringify(Object.fromEntries([...texts].filter(([name]) => allowed.has(name))));
  }

  /** They are gone, or somebody else. */
  forget(member: MemberId): void {
    this.#byMember.delete(member);
  }
}

function textsIn(json: string): Map<string, string> | undefined {
  if (json.length > Limits.attributesLength) return undefined;
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    const texts = new Map<string, string>();
    for (const [name, text] of Object.entries(value))
      if (typeof text === 'string' && text.length <= MOST_VALUE)
        texts.set(name, cleanLine(text, MOST_VALUE));
    return texts;
  } catch {
    return undefined; // not JSON
  }
}
