/** The API's one way to report errors. */
import type { Context, ErrorHandler } from 'hono';
import { ApiError, type ErrorDetails } from '../../../shared/api/route/api-error.ts';
import {
  type ErrorCode,
  type ErrorResponse,
  errorStatuses,
} from '../../../shared/api/route/errors.ts';
import type { Refusals } from './refusals.ts';
import type { Log } from '../../core/ports/log.ts';

/** An error as the API reports it. */
export function apiError(
  context: Context,
  error: ErrorCode,
  message: string,
  details: ErrorDetails = {},
): Response {
  const body: ErrorResponse = { error, message, ...details };
  if (details.retryAfter !== undefined) context.header('Retry-After', String(details.retryAfter));
  return context.json(body, errorStatuses[error]);
}

/** Reports what a route threw. For a failure it says only that it failed: the log has the rest. */
export const answerFailure =
  (log: Log, refusals?: Pick<Refusals, 'note'>): ErrorHandler =>
  (error, context) => {
    if (error instanceof ApiError) {
      refusals?.note(error, context);
      return apiError(context, error.code, error.message, error.details);
    }
    // Whoever hangs up in the middle of a body did that themselves: the log is not theirs to fill.
    if (context.req.raw.signal.aborted) log.info('a request was cut off');
    else log.error('a request failed', error);
    return apiError(context, 'unavailable', 'The relay could not answer. Try again.');
  };
