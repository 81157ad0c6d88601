/** Requests of this page to the relay of this page: the shipped handlers without a network between. */
import * as v from 'valibot';
import { invitationRoutes } from '../../../shared/api/invitations.ts';
import { type Act, OPERATOR } from '../../../shared/api/route/act.ts';
import { ApiError } from '../../../shared/api/route/api-error.ts';
import type { apiHandlers } from '../../../relay/api-handlers.ts';

/** Nobody reads the audit of a page's relay. */
const act: Act = {
  on: (target) => ({
    at: 0,
    by: OPERATOR,
    act: 'tested',
    target,
    why: '',
    salt: new Uint8Array(16),
  }),
};

type Handler = (given: object) => unknown;

/** What a page asks of a relay that it knows by address alone. */
const asked = [
  { route: invitationRoutes.look, name: 'look' },
  { route: invitationRoutes.redeem, name: 'redeem' },
] as const;

export async function answerRequest(
  api: ReturnType<typeof apiHandlers>,
  path: string,
  body: string,
): Promise<Response> {
  const found = asked.find(({ route }) => route.path === path);
  if (!found) return new Response(null, { status: 404 });
  const refuse = (...why: ConstructorParameters<typeof ApiError>): ApiError => new ApiError(...why);
  const read = v.safeParse(found.route.request, JSON.parse(body));
  try {
    if (!read.success) throw refuse('bad-request', 'not of the schema');
    const handle = api.invitations[found.name] as unknown as Handler;
    return Response.json(await handle({ body: read.output, act, refuse }));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return Response.json({ error: error.code, message: error.message }, { status: 400 });
  }
}
