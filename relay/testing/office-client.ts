/** The office as a test asks it: the relay's own app, in this process. */
import { type ActLine, OPERATOR } from '../../shared/api/route/act.ts';
import type { Relay } from '../create-relay.ts';

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/** The status and the body of an answer. @param path under `/api/office` */
export async function askOffice<T>(
  relay: Relay,
  method: Method,
  path: string,
  body?: unknown,
): Promise<{ readonly status: number; readonly body: T }> {
  const init =
    body === undefined
      ? { method }
      : { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const answer = await relay.office.request(`/api/office${path}`, init);
  const text = await answer.text();
  return { status: answer.status, body: (text === '' ? null : JSON.parse(text)) as T };
}

/** A line of the audit, for a test that acts beside the API. */
export const someLine: ActLine = {
  at: 1,
  by: OPERATOR,
  act: 'tested',
  target: '',
  why: '',
  salt: new Uint8Array(16),
};
