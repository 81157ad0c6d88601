/**
 * What the brand's page tells about a visitor, such as a segment or a basket: it stays between the page,
 * this relay and the helper. It is in memory while they are connected, in no room and on no disk. Only
 * what the space allows is passed on.
 */
import type { MemberId, SpaceId } from '../../../shared/ids.ts';
import { Limits } from '../../../shared/limits.ts';
import { cleanLine } from '../../../shared/text/plain-line.ts';
import { FairMemory, type SourcePath } from '../../core/limits/fair-memory.ts';
import type { Memory } from '../../core/memory/memory.ts';

const MOST_VALUE = 200;
/** Of everybody who is connected; as JSON, because a thousand names would weigh ten times as much in a map. */
const MOST_BYTES = 16 * 1024 * 1024;

export class VisitorAttributes {
  readonly #allowedIn: (space: SpaceId) => readonly string[];
  readonly #isReadable: (text: string, space: SpaceId) => boolean;
  readonly #byMember: FairMemory<string>;

  /**
   * @param allowedIn names that a space lets through.
   * @param isReadable whether others may read a value there. @default they may
   */
  constructor(
    allowedIn: (space: SpaceId) => readonly string[],
    isReadable: (text: string, space: SpaceId) => boolean = () => true,
    memory?: Memory,
  ) {
    this.#byMember = new FairMemory({ mostBytes: MOST_BYTES, memory });
    this.#allowedIn = allowedIn;
    this.#isReadable = isReadable;
  }

  /**
   * Takes a JSON object of texts. Returns whether it was one.
   * @param from where the visitor is.
   */
  set(member: MemberId, json: string, from: SourcePath = []): boolean {
    if (!textsIn(json)) return false;
    this.#byMember.set(member, json, from, json.length * 2);
    return true;
  }

  /** What a space lets through, as a JSON object; null if the page told nothing. */
  of(member: MemberId, space: SpaceId): string | null {
    const json = this.#byMember.get(member);
    const texts = json === undefined ? undefined : textsIn(json);
    if (!texts) return null;
    const allowed = new Set(this.#allowedIn(space));
    const told = [...texts].filter(
      ([name, text]) => allowed.has(name) && this.#isReadable(text, space),
    );
    return JSON.stringify(Object.fromEntries(told));
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
