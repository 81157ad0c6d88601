/** How a handler refuses. */
import type { ErrorCode } from './errors.ts';

export interface ErrorDetails {
  /** Which part of the request is wrong. */
  readonly field?: string;
  /** Seconds to wait. */
  readonly retryAfter?: number;
  /** Who has decided instead. */
  readonly by?: string;
}

/** What a route throws: the caller gets it, with the status of its code. */
export class ApiError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message);
    this.name = 'ApiError';
    this.code = code;
    this.details = details;
  }
}
