/** What defines a kind of entry. Each kind defines it in its own file under kinds/. */
import type { MemberId } from '../../ids.ts';
import type { Effect } from './effect.ts';
import type { Field } from './field.ts';
import type { FullConversation, Ownership, Standing } from './standing.ts';

/** A line between messages. */
export type NoteName = 'claimed' | 'released' | 'lapsed' | 'closed' | 'reopened' | 'retracted';

export type Fields = Readonly<Record<string, Field<unknown>>>;

/** The content of a body with these fields. */
export type Body<F extends Fields> = {
  readonly [Name in keyof F as undefined extends Value<F[Name]> ? never : Name]: Value<F[Name]>;
} & {
  readonly [Name in keyof F as undefined extends Value<F[Name]> ? Name : never]?: Exclude<
    Value<F[Name]>,
    undefined
  >;
};

type Value<F> = F extends Field<infer T> ? T : never;

interface Rules<Name extends string, F extends Fields> {
  /** Its number on the wire, never reused for another kind. */
  readonly code: number;
  readonly name: Name;
  /** The body, in the order of its bytes. Fields are only ever added, at the end. */
  readonly fields: F;
  /** Who may do it. */
  may(who: Standing): boolean;
  /**
   * Whether it is about something of its author's own.
   * @default never
   */
  own?(body: Body<F>, member: MemberId, conversation: Ownership): boolean;
  /**
   * Whether a full conversation still takes it.
   * @default never
   */
  evenWhenFull?(body: Body<F>, conversation: FullConversation): boolean;
}

/** A kind that is numbered in the conversation's room: everyone who reads the room has it. */
export interface RoomKind<Name extends string, F extends Fields> extends Rules<Name, F> {
  readonly goesTo: 'room';
  /**
   * What screens say about it in a line between messages.
   * @default nothing
   */
  readonly note?: NoteName;
  /** What it does to the conversation. */
  effect(body: Body<F>): Effect;
}

/** A kind that goes to the relay's books: counted there, never a row. */
export interface BooksKind<Name extends string, F extends Fields> extends Rules<Name, F> {
  readonly goesTo: 'books';
}

export type KindDefinition<Name extends string = string, F extends Fields = Fields> =
  RoomKind<Name, F> | BooksKind<Name, F>;

/** A kind that is counted in the relay's books. */
export const booksKind = <const Name extends string, F extends Fields>(
  kind: Omit<BooksKind<Name, F>, 'goesTo'>,
): BooksKind<Name, F> => ({ ...kind, goesTo: 'books' });

/** A kind that is numbered in rooms. */
export const roomKind = <const Name extends string, F extends Fields>(
  kind: Omit<RoomKind<Name, F>, 'goesTo'>,
): RoomKind<Name, F> => ({ ...kind, goesTo: 'room' });
