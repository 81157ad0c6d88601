/** What entries say, derived from the list of kinds. */
import type { ContentFrom } from './schema/kind-table.ts';
import { type AnyKind, Kind, type KindName, kinds } from './kinds.ts';

/** A body by kind. */
export type Content = ContentFrom<AnyKind>;

/** Content of one kind. */
export type ContentOf<K extends KindName> = Extract<Content, { readonly kind: K }>;

/** The body bytes of `content`. */
export const encodeContent = (content: Content): Uint8Array => kinds.encode(content);

/**
 * Reads the body of a kind.
 * @throws {EntryError} `unknown-kind` for a kind of a newer build, `malformed` or `too-long`.
 */
export const decodeContent = (code: number, body: Uint8Array): Content => kinds.decode(code, body);

/** The number of a content's kind. */
export const kindOf = (content: Content): number => Kind[content.kind];
