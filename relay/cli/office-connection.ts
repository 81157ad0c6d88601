/**
 * The office from the command line: of the relay that runs on the data folder, otherwise of one made for
 * this call.
 */
import { type Asked, pathOf } from '../../shared/api/route/ask.ts';
import type { Route } from '../../shared/api/route/route.ts';
import type { ResponseOf } from '../../shared/api/route/shapes.ts';
import type { Config } from '../config.ts';
import { createRelay } from '../create-relay.ts';
import { type OfficeAnswer, askOffice, bodyOf } from '../http/office-socket.ts';
import { DataFault } from '../platform/data-fault.ts';
import { jsonLog } from '../json-log.ts';

/** A refusal of the office, in its words. */
export class OfficeError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'OfficeError';
  }
}

/**
 * The office's answer.
 * @throws {OfficeError} if it refuses.
 */
export async function callOffice<R extends Route>(
  config: Config,
  route: R,
  asked: Asked<R>,
): Promise<ResponseOf<R>> {
  const { body } = asked as { readonly body?: unknown };
  const path = pathOf(route, asked);
  const answer =
    (await askOffice(config.data, route.method, path, body)) ??
    (await withoutRelay(config, route.method, path, body));
  if (answer.status < 400) return answer.body as ResponseOf<R>;
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
  const relay = await createRelay(config, { log: jsonLog(config.logLevel) }).catch(unreachable);
  try {
    const init =
      body === undefined
        ? { method }
        : { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    const answer = await relay.office.request(path, init);
    const text = await answer.text();
    const type = answer.headers.get('content-type') ?? undefined;
    return { status: answer.status, body: bodyOf(type, text) };
  } finally {
    await relay.stop();
  }
}

/** A relay has the folder, and yet nobody answers at its socket. */
function unreachable(error: unknown): never {
  if (!(error instanceof DataFault) || error.kind !== 'in-use') throw error;
  throw new OfficeError(
    'A relay runs on this data folder, but its office.sock is gone or does not answer: restart that relay, then try again.',
  );
}
