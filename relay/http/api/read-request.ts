/** Checks requests by a route's schemas, and names the field that is wrong. */
import type { Context } from 'hono';
import * as v from 'valibot';
import { ApiError } from '../../../shared/api/route/api-error.ts';
import type { Route, Schema } from '../../../shared/api/route/route.ts';

/** Neither replaces bytes that are no UTF-8, nor passes over what stands before the text. */
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** To a schema, every object has the names that all objects have, such as `constructor`: none is ours. */
function ownNamesOnly(name: string, value: unknown): unknown {
  if (name in Object.prototype) throw new RangeError('a name of all objects');
  return value;
}

/** The body of a request: bytes of an upload, an object of the route's schema, or nothing. */
export async function readBody(context: Context, { request }: Route): Promise<unknown> {
  if (request === undefined) return undefined;
  if (request.type === 'image') return new Uint8Array(await context.req.arrayBuffer());
  const type = context.req.header('Content-Type');
  if (type !== undefined && !/^application\/json *(;|$)/i.test(type))
    throw new ApiError('bad-request', 'Expected a body of the type application/json.');
  let json: unknown;
  try {
    json = JSON.parse(utf8.decode(await context.req.arrayBuffer()), ownNamesOnly);
  } catch {
    throw new ApiError('bad-request', 'Expected an object, as JSON.'); // the peer's fault, told so
  }
  // To a schema of an object, an array is also one.
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw new ApiError('bad-request', 'Expected an object.');
  return checked(request as Schema, json);
}

export function readQuery(context: Context, { query }: Route): unknown {
  return query && checked(query, context.req.query());
}

/** What the path names. An invalid name names nothing. */
export function readParams(context: Context, { params = {} }: Route): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(params).map(([name, schema]) => {
      const { success, output } = v.safeParse(schema, context.req.param(name));
      if (!success) throw new ApiError('not-found', `There is no such ${name}.`);
      return [name, output];
    }),
  );
}

function checked(schema: Schema, value: unknown): unknown {
  const { success, output, issues } = v.safeParse(schema, value, { abortPipeEarly: true });
  if (success) return output;
  const [issue] = issues;
  const field = v.getDotPath(issue) ?? '';
  // Never repeats what was received: it may be a secret, or move the cursor of a terminal.
  const wanted = issue.expected === null ? issue.message : `expected ${issue.expected}`;
  const message = field === '' ? `The body: ${wanted}.` : `${field}: ${wanted}.`;
  throw new ApiError('bad-request', message, field === '' ? {} : { field });
}
