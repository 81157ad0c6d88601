/** The shapes that a route carries, derived from the table alone. */
import type * as v from 'valibot';
import type { Route, Schema, Upload } from './route.ts';

/** Nothing that comes in or goes out is changed on the way. */
export type Readonlyfied<T> = T extends readonly (infer Item)[]
  ? readonly Readonlyfied<Item>[]
  : T extends string | number | boolean | null | undefined | Uint8Array
    ? T
    : { readonly [Key in keyof T]: Readonlyfied<T[Key]> };

/** An image as a route answers with it. */
export interface ImageResponse {
  readonly bytes: Uint8Array;
  readonly contentType: string;
  /** No shared cache may keep it. */
  readonly isPrivate: boolean;
}

/** What a handler gives back. */
export type ResponseOf<R extends Route> = R['response'] extends Schema
  ? Readonlyfied<v.InferInput<R['response']>>
  : R['response'] extends 'image'
    ? ImageResponse
    : R['response'] extends 'text' | 'openapi'
      ? string
      : undefined;

/** What a caller gives a route, as JSON; for an upload, an image in the caller's own form. */
export type RequestOf<R extends Route, Image = Uint8Array> = R['request'] extends Schema
  ? Readonlyfied<v.InferInput<R['request']>>
  : R['request'] extends Upload
    ? Image
    : undefined;
