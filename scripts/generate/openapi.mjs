// The relay's HTTP API as an OpenAPI 3.1 document, from the table of routes.
import { toJsonSchema } from '@valibot/to-json-schema';
import { errorStatuses } from '../../shared/api/route/errors.ts';
import { routes } from '../../shared/api/routes.ts';

/** @typedef {import('../../shared/api/route/route.ts').Route} Route */
/** @typedef {import('../../shared/api/route/route.ts').Schema} Schema */

/** What JSON Schema has no words for, such as our own checks, is left out: the relay says it. */
const schemaOf = (/** @type {Schema} */ schema) => {
  const { $schema: _dialect, ...rest } = toJsonSchema(schema, {
    typeMode: 'input',
    errorMode: 'ignore',
  });
  return rest;
};

const json = (/** @type {object} */ schema) => ({ 'application/json': { schema } });
const image = { 'image/*': { schema: { type: 'string', format: 'binary' } } };

const errorSchema = {
  type: 'object',
  required: ['error', 'message'],
  properties: {
    error: { enum: Object.keys(errorStatuses) },
    message: { type: 'string' },
    field: { type: 'string', description: 'which part of the request is wrong' },
    retryAfter: { type: 'number', description: 'seconds to wait' },
    by: { type: 'string', description: 'who has decided, decides now, or changed it' },
  },
};

export function openApi() {
  /** @type {Record<string, Record<string, object>>} */
  const paths = {};
  for (const [feature, ofFeature] of Object.entries(routes)) {
    for (const [name, route] of Object.entries(/** @type {Record<string, Route>} */ (ofFeature))) {
      const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
      (paths[path] ??= {})[route.method.toLowerCase()] = operation(
        `${feature}.${name}`,
        feature,
        route,
      );
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Comptoir relay',
      version: '1',
      description:
        'Every route under /api may also answer forbidden-origin, to a page of an origin that the relay was not told of, and unavailable.',
    },
    paths,
    components: {
      responses: { Error: { description: 'What is wrong.', content: json(errorSchema) } },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: '__Host-comptoir' },
      },
    },
  };
}

/**
 * @param {string} operationId
 * @param {string} tag
 * @param {Route} route
 */
function operation(operationId, tag, route) {
  const { about, rights, request, audit, status } = route;
  const needsSession = rights === 'desk' || rights === 'office';
  const parameters = [...parametersOf('path', route), ...parametersOf('query', route)];
  return {
    operationId,
    tags: [tag],
    summary: about,
    'x-rights': rights,
    ...(audit ? { 'x-audit': audit } : {}),
    ...(needsSession ? { security: [{ session: [] }] } : {}),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(request ? { requestBody: { required: true, content: contentOf(request) } } : {}),
    responses: {
      [status ?? (route.response === null ? 204 : 200)]: success(route.response),
      ...Object.fromEntries(
        Object.entries(Object.groupBy(errorsOf(route), (code) => errorStatuses[code])).map(
          ([number, codes]) => [
            number,
            { $ref: '#/components/responses/Error', description: codes.join(', ') },
          ],
        ),
      ),
    },
  };
}

/** @param {Route['response']} response */
function success(response) {
  if (response === null) return { description: 'Done.' };
  if (response === 'image') return { description: 'An image.', content: image };
  if (response === 'text') return { description: 'Yes.', content: { 'text/plain': {} } };
  return {
    description: 'JSON.',
    content: json(response === 'openapi' ? { type: 'object' } : schemaOf(response)),
  };
}

/** @param {NonNullable<Route['request']>} request */
const contentOf = (request) =>
  request.type === 'image' ? image : json(schemaOf(/** @type {Schema} */ (request)));

/**
 * @param {'path' | 'query'} where
 * @param {Route} route
 */
function parametersOf(where, { params, query }) {
  const names =
    where === 'path'
      ? params
      : query && /** @type {{ entries?: Record<string, Schema> }} */ (query).entries;
  return Object.entries(names ?? {}).map(([name, schema]) => ({
    name,
    in: where,
    required: where === 'path',
    schema: schemaOf(schema),
  }));
}

/** Every error that a route may answer with: its own, and what its rights, limits and schemas do. */
function errorsOf(/** @type {Route} */ { rights, request, query, params, limit, errors = [] }) {
  /** @type {import('../../shared/api/route/errors.ts').ErrorCode[]} */
  const codes = [];
  if (request || query) codes.push('bad-request');
  if (request?.type === 'image') codes.push('too-big');
  if (rights === 'signed') codes.push('bad-signature');
  if (rights === 'desk' || rights === 'office') codes.push('no-session');
  if (rights === 'office') codes.push('forbidden');
  if (params) codes.push('not-found');
  if (limit) codes.push('too-many');
  return [...new Set([...codes, ...errors])];
}
