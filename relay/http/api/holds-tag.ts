/**
 * Whether a browser holds what has that tag, by its `If-None-Match` (RFC 9110 §13.1.2): a list, in which a
 * proxy that compresses has marked tags as weak (`W/`).
 */
export const holdsTag = (header: string | undefined, etag: string): boolean =>
  (header ?? '').split(',').some((each) => each.trim().replace(/^W\//, '') === etag);
