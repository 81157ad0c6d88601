/** What a relay says about itself. */
import * as v from 'valibot';
import { route } from './route/route.ts';

export const aboutRoutes = {
  alive: route({
    method: 'GET',
    path: '/healthz',
    about: 'Whether the process lives.',
    rights: 'anyone',
    response: 'text',
  }),
  ready: route({
    method: 'GET',
    path: '/readyz',
    about: 'Whether a write would succeed.',
    rights: 'anyone',
    response: 'text',
    errors: ['unavailable'],
  }),
  community: route({
    method: 'GET',
    path: '/api/community',
    about: 'The community’s public key (base64url) and its fingerprint.',
    rights: 'anyone',
    response: v.object({ fingerprint: v.string(), key: v.string() }),
  }),
  openapi: route({
    method: 'GET',
    path: '/api/openapi.json',
    about: 'This description.',
    rights: 'anyone',
    response: 'openapi',
    cached: true,
  }),
};
