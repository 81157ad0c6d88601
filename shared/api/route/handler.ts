/** What handlers of routes get. The types come from the table alone. */
import type * as v from 'valibot';
import type { Role } from '../../grant/roles.ts';
import type { MemberId, SpaceId } from '../../ids.ts';
import type { Act } from './act.ts';
import type { ApiError, ErrorDetails } from './api-error.ts';
import type { ErrorCode } from './errors.ts';
import type { HeldRight, Scope } from './office-right.ts';
import type { ParamNames, Route, Schema, Upload } from './route.ts';
import type { Readonlyfied, ResponseOf } from './shapes.ts';

/** Somebody who has a session: a member of the desk, or whoever holds a right in the office. */
export interface DeskMember {
  readonly id: MemberId;
  readonly role: Role;
  /** Where the role holds; none: everywhere. */
  readonly spaces: readonly SpaceId[];
}

/** The session cookie of the browser that asks. */
export interface SessionCookie {
  /** Empty without one. */
  readonly value: string;
  set(value: string, maxAgeS: number): void;
  drop(): void;
}

type BodyOf<R extends Route> = R['request'] extends Upload
  ? Uint8Array
  : R['request'] extends Schema
    ? Readonlyfied<v.InferOutput<R['request']>>
    : undefined;

/** What a handler gets: the checked output of its route's schemas. */
export interface Given<R extends Route> {
  readonly body: BodyOf<R>;
  readonly params: {
    readonly [Name in ParamNames<R['path']>]: R['params'] extends Readonly<
      Record<Name, infer Param extends Schema>
    >
      ? v.InferOutput<Param>
      : never;
  };
  readonly query: R['query'] extends Schema ? Readonlyfied<v.InferOutput<R['query']>> : undefined;
  /** Whose session it is. Null without one, as for the command line. */
  readonly member: R['rights'] extends 'desk' ? DeskMember : DeskMember | null;
  readonly cookie: SessionCookie;
  /** For its line in the audit: a handler that did something without one has failed. */
  readonly act: R['audit'] extends string ? Act : undefined;
  /** In which spaces they may use this route. */
  readonly scope: Scope;
  /** What they may do in the office. */
  readonly office: readonly HeldRight[];
  /** Throw it to refuse, with one of the codes that the route names. */
  readonly refuse: (
    code: NonNullable<R['errors']>[number] & ErrorCode,
    message: string,
    details?: ErrorDetails,
  ) => ApiError;
}

export type Handler<R extends Route> = (given: Given<R>) => Promise<ResponseOf<R>> | ResponseOf<R>;

/** One handler for each route of a feature: none missing, none extra. */
export type Handlers<Routes extends Readonly<Record<string, Route>>> = {
  readonly [Name in keyof Routes]: Handler<Routes[Name]>;
};
