/** What every route of the API shares: bodies checked by a schema, errors told one way. */
import type { Context, ErrorHandler } from 'hono';
import * as v from 'valibot';
import type { ErrorResponse } from '../../shared/api/errors.ts';
import type { Log } from '../core/ports/log.ts';

const statuses = {
  'bad-request': 400,
  'bad-signature': 400,
  'no-session': 401,
  forbidden: 403,
  'too-big': 413,
  'not-an-image': 415,
  'forbidden-origin': 403,
  'not-found': 404,
  'invitation-expired': 410,
  'invitation-used': 410,
  'too-many': 429,
  unavailable: 503,
} as const satisfies Record<ErrorResponse['error'], number>;

/** An error as the API tells it. */
export function apiError(
  context: Context,
  error: ErrorResponse['error'],
  message: string,
  retryAfter?: number,
): Response {
  const body: ErrorResponse = {
    error,
    message,
    ...(retryAfter === undefined ? {} : { retryAfter }),
  };
  if (retryAfter !== undefined) context.header('Retry-After', String(retryAfter));
  return context.json(body, statuses[error]);
}

/** What an API answers when it fails: that it did, and no more; the log has the rest. */
export const answerFailure =
  (log: Log): ErrorHandler =>
  (error, context) => {
    log.error('a request failed', error);
    return apiError(context, 'unavailable', 'The relay could not answer. Try again.');
  };

/** The body as a schema has it; undefined for anything else. */
export async function parsedBody<const Schema extends v.GenericSchema>(
  context: Context,
  schema: Schema,
): Promise<v.InferOutput<Schema> | undefined> {
  try {
    return v.parse(schema, await context.req.json());
  } catch {
    return undefined; // the peer's fault, told as 400 by the caller
  }
}
