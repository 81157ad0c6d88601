/** What follows from a list of kinds for whoever judges and folds: who may, what it does, what is said of it. */
import type { MemberId } from '../../ids.ts';
import type { Effect } from './effect.ts';
import type { ContentFrom, KindTable } from './kind-table.ts';
import type { KindDefinition, NoteName } from './kind.ts';
import type { FullConversation, Ownership, Standing } from './standing.ts';

export class KindRules<K extends KindDefinition> {
  readonly #kinds: KindTable<K>;

  constructor(kinds: KindTable<K>) {
    this.#kinds = kinds;
  }

  /** Whether somebody of this standing may make an entry of this kind. */
  mayDo(name: K['name'], who: Standing): boolean {
    return this.#kinds.named(name).may(who);
  }

  /** Whether `content` is about something of that member's own. */
  isOwn(content: ContentFrom<K>, member: MemberId, conversation: Ownership): boolean {
    return this.#kinds.named(content.kind).own?.(content, member, conversation) ?? false;
  }

  /** Whether a full conversation still takes it. */
  isTakenWhenFull(content: ContentFrom<K>, conversation: FullConversation): boolean {
    return this.#kinds.named(content.kind).evenWhenFull?.(content, conversation) ?? false;
  }

  /** What it does to its conversation. Entries for the books change none. */
  effectOf(content: ContentFrom<K>): Effect {
    const kind = this.#kinds.named(content.kind);
    return kind.goesTo === 'room' ? kind.effect(content) : {};
  }

  /** What screens say about it in a line between messages. */
  noteOf(name: K['name']): NoteName | undefined {
    const kind = this.#kinds.named(name);
    return kind.goesTo === 'room' ? kind.note : undefined;
  }
}
