/** What follows from a list of kinds: reading and writing bodies, rules, effects. */
import * as decoding from 'lib0/decoding';
import { encode } from '../../encode.ts';
import type { MemberId } from '../../ids.ts';
import { Limits } from '../../limits.ts';
import type { Effect } from './effect.ts';
import { EntryError } from './entry-error.ts';
import type { Field } from './field.ts';
import type { Body, KindDefinition, NoteName } from './kind.ts';
import type { FullConversation, Ownership, Standing } from './standing.ts';

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
      for (const [name, field] of this.#fields(kind)) content[name] = field.read(decoder);
      if (body.length - decoder.pos > Limits.unreadBytes)
        throw new EntryError('too-long', 'bytes after the fields');
      return content as ContentFrom<K>;
    } catch (cause) {
      if (cause instanceof EntryError) throw cause;
      throw new EntryError('malformed', `body of ${kind.name}`, { cause });
    }
  }

  /** Whether somebody of this standing may make an entry of this kind. */
  mayDo(name: K['name'], who: Standing): boolean {
    return this.named(name).may(who);
  }

  /** Whether `content` is about something of that member's own. */
  isOwn(content: ContentFrom<K>, member: MemberId, conversation: Ownership): boolean {
    return this.named(content.kind).own?.(content, member, conversation) ?? false;
  }

  /** Whether a full conversation still takes it. */
  isTakenWhenFull(content: ContentFrom<K>, conversation: FullConversation): boolean {
    return this.named(content.kind).evenWhenFull?.(content, conversation) ?? false;
  }

  /** What it does to its conversation. Entries for the books change none. */
  effectOf(content: ContentFrom<K>): Effect {
    const kind = this.named(content.kind);
    return kind.goesTo === 'room' ? kind.effect(content) : {};
  }

  /** What screens say about it in a line between messages. */
  noteOf(name: K['name']): NoteName | undefined {
    const kind = this.named(name);
    return kind.goesTo === 'room' ? kind.note : undefined;
  }

  #fields(kind: K): [string, Field<unknown>][] {
    return Object.entries(kind.fields);
  }
}
