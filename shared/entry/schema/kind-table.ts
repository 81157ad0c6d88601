/** What follows from a list of kinds for whoever reads and writes bodies. `KindRules` has what it says of acts. */
import * as decoding from 'lib0/decoding';
import { encode } from '../../encode.ts';
import { Limits } from '../../limits.ts';
import { EntryError } from './entry-error.ts';
import type { Field } from './field.ts';
import type { Body, KindDefinition } from './kind.ts';

/** The content of an entry, with the kind's name. */
export type ContentFrom<K> =
  K extends KindDefinition<infer Name, infer F> ? { readonly kind: Name } & Body<F> : never;

export class KindTable<K extends KindDefinition> {
  readonly #byName: ReadonlyMap<string, K>;
  readonly #byCode: ReadonlyMap<number, K>;

  constructor(all: readonly K[]) {
    this.#byName = new Map(all.map((kind) => [kind.name, kind]));
    this.#byCode = new Map(all.map((kind) => [kind.code, kind]));
  }

  /** A kind of this build; undefined for one that a newer build added. */
  ofCode(code: number): K | undefined {
    return this.#byCode.get(code);
  }

  named(name: K['name']): K {
    return this.#byName.get(name)!;
  }

  /** Whether content is numbered in a room; otherwise it goes to the books. */
  isForRoom(content: ContentFrom<K>): boolean {
    return this.named(content.kind).goesTo === 'room';
  }

  /** The body bytes of `content`. */
  encode(content: ContentFrom<K>): Uint8Array {
    const values = content as Readonly<Record<string, unknown>>;
    return encode((encoder) => {
      for (const [name, field] of this.#fields(this.named(content.kind))) {
        field.write(encoder, values[name]);
      }
    });
  }

  /**
   * Reads the body of a kind. Bytes after the known fields are from a newer build and are ignored; more than
   * a few are nothing that anybody will ever read.
   * @throws {EntryError} `unknown-kind` for a kind of a newer build, `malformed` or `too-long`.
   */
  decode(code: number, body: Uint8Array): ContentFrom<K> {
    const kind = this.ofCode(code);
    if (!kind) throw new EntryError('unknown-kind', `kind ${code}`);
    try {
      const decoder = decoding.createDecoder(body);
      const content: Record<string, unknown> = { kind: kind.name };
      for (const [name, field] of this.#fields(kind)) {
        const value = field.read(decoder);
        if (value !== undefined) content[name] = value;
      }
      if (body.length - decoder.pos > Limits.unreadBytes)
        throw new EntryError('too-long', 'unread bytes');
      return content as ContentFrom<K>;
    } catch (cause) {
      if (cause instanceof EntryError) throw cause;
      throw new EntryError('malformed', `body of ${kind.name}`, { cause });
    }
  }

  #fields(kind: K): [string, Field<unknown>][] {
    return Object.entries(kind.fields);
  }
}
