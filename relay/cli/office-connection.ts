/** The office from the command line: of the relay that runs on the data folder, else of one made for this call. */
import type { Config } from '../config.ts';
import { createRelay } from '../create-relay.ts';
import { jsonLog } from '../json-log.ts';
import { type OfficeAnswer, askOffice } from './office-socket.ts';

/** What the office says no to, in its words. */
export class OfficeError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'OfficeError';
  }
}

/**
 * What the office answers.
 * @throws {OfficeError} when it refuses.
 */
export async function callOffice(
  config: Config,
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  path: string,
  body?: unknown,
): Promise<unknown> {
  const answer =
    (await askOffice(config.data, method, path, body)) ??
    (await withoutRelay(config, method, path, body));
  if (answer.status < 400) return answer.body;
  throw new OfficeError(
    (answer.body as { message?: string } | null)?.message ?? `status ${answer.status}`,
  );
}

async function withoutRelay(
  config: Config,
  method: string,
  path: string,
  body: unknown,
): Promise<OfficeAnswer> {
  const relay = await createRelay(config, { log: jsonLog(config.logLevel) });
  try {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
    const answer = await relay.office.request(path, init);
    const text = await answer.text();
    return { status: answer.status, body: text === '' ? null : JSON.parse(text) };
  } finally {
    await relay.stop();
  }
}
