/** How the API refuses: a code to act on, and its HTTP status. */

/** The statuses of error codes. */
export const errorStatuses = {
  'bad-request': 400,
  'bad-signature': 400,
  'no-session': 401,
  forbidden: 403,
  'forbidden-origin': 403,
  'not-found': 404,
  /** Somebody else has decided, decides at this moment, or has changed it: `by` says who. */
  conflict: 409,
  'invitation-expired': 410,
  'invitation-used': 410,
  'too-big': 413,
  'not-an-image': 415,
  /** A text says what the filter lets nobody read. */
  moderated: 422,
  'too-many': 429,
  unavailable: 503,
} as const;

export type ErrorCode = keyof typeof errorStatuses;

/** The body of every error. */
export interface ErrorResponse {
  readonly error: ErrorCode;
  /** For a developer. */
  readonly message: string;
  /** Which part of the request is wrong, such as `spaces.0`. */
  readonly field?: string;
  /** Seconds to wait. */
  readonly retryAfter?: number;
  /** Who has decided instead: a member, or `command-line`. */
  readonly by?: string;
}
