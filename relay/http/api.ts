/** The HTTP API: shapes in shared/protocol/api.ts. Everything that comes in is checked here. */
import { createHash } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import * as v from 'valibot';
import { bytesToText, textToBytes } from '../../shared/bytes.ts';
import { parseDeviceKey } from '../../shared/ids.ts';
import type { CommunityResponse } from '../../shared/api/about.ts';
import type { InvitationResponse, RedeemResponse } from '../../shared/api/invitations.ts';
import type { FaceResponse } from '../../shared/api/spaces.ts';
import { Limits } from '../../shared/limits.ts';
import type { Cards } from '../features/cards/cards.ts';
import type { CommunityPeople } from '../features/members/people.ts';
import { addressNames } from '../core/limits/networks.ts';
import { faceOf } from '../features/spaces/public-face.ts';
import type { Composition } from '../create-core.ts';
import { TokenBuckets } from '../core/limits/token-buckets.ts';
import { apiError, parsedBody } from './api-error.ts';
import { plainLine, visible } from './lines.ts';

export interface ApiOptions {
  readonly inside: Composition;
  readonly people: CommunityPeople;
  readonly cards: Cards;
  readonly addressOf: (context: Context) => string;
}

const isCode = v.pipe(v.string(), v.regex(/^[\w-]{22}$/));
const lookSchema = v.object({ code: isCode });
const redeemSchema = v.object({
  code: isCode,
  name: v.pipe(
    plainLine(Limits.nameLength),
    v.check((name) => name === name.trim()), // as it was signed
    visible,
  ),
  device: v.pipe(v.string(), v.transform(parseDeviceKey)),
  signature: v.pipe(
    v.string(),
    v.transform((text) => textToBytes(text, 64)),
  ),
});

/** Tries at invitations from one address: a code has 128 bits, so this is only against noise. */
const TRIES = { burst: 30, perSecond: 0.5 };

export function api({ inside, people, cards, addressOf }: ApiOptions): Hono {
  const { core, spaces, merges, devices } = inside;
  const { authority, events, platform } = core;
  const { clock } = platform;
  const tries = new TokenBuckets(TRIES, clock.now);
  const app = new Hono();
  app.use(
    bodyLimit({
      maxSize: 8_192,
      onError: (context) => apiError(context, 'bad-request', 'The body is too long.'),
    }),
  );
  app.use('/invitations/*', async (context, next) => {
    const waitMs = tries.take(addressNames(addressOf(context)).narrow);
    if (waitMs > 0)
      return apiError(context, 'too-many', 'Too many tries.', Math.ceil(waitMs / 1_000));
    return next();
  });

  app.get('/community', (context) =>
    context.json({
      fingerprint: authority.fingerprint,
      key: bytesToText(authority.key),
    } satisfies CommunityResponse),
  );

  app.get('/spaces/:id/face', async (context) => {
    const id = spaces.ids.find((known) => known === context.req.param('id'));
    const space = id && (await spaces.public(id));
    if (!space) return apiError(context, 'not-found', 'There is no such space.');
    const face: FaceResponse = faceOf(space);
    const etag = `"${createHash('sha256').update(JSON.stringify(face)).digest('base64url').slice(0, 22)}"`;
    context.header('ETag', etag);
    context.header('Cache-Control', 'public, max-age=0, must-revalidate');
    if (context.req.header('If-None-Match') === etag) return context.body(null, 304);
    return context.json(face);
  });

  app.post('/invitations/look', async (context) => {
    const body = await parsedBody(context, lookSchema);
    if (!body) return apiError(context, 'bad-request', 'Expected a code.');
    const found = await people.invitation(body.code);
    if (!found) return apiError(context, 'not-found', 'There is no such invitation.');
    if (found.usedBy !== null)
      return apiError(context, 'invitation-used', 'This invitation has been used.');
    if (found.expires <= clock.now())
      return apiError(context, 'invitation-expired', 'This invitation has expired.');
    const { role, expires, member } = found;
    const name = member === null ? '' : ((await people.member(member))?.name ?? '');
    return context.json({
      role,
      spaces: found.spaces,
      community: authority.fingerprint,
      expires,
      name,
    } satisfies InvitationResponse);
  });

  app.post('/invitations/redeem', async (context) => {
    const body = await parsedBody(context, redeemSchema);
    if (!body)
      return apiError(context, 'bad-request', 'Expected a code, a name, a device and a signature.');
    const redeemed = await people.redeem(body);
    switch (redeemed.type) {
      case 'bad-signature':
        return apiError(context, 'bad-signature', 'The device did not sign this.');
      case 'blocked':
        return apiError(context, 'forbidden', 'Whoever is blocked cannot take up a place.');
      case 'unknown':
        return apiError(context, 'not-found', 'There is no such invitation.');
      case 'used':
        return apiError(context, 'invitation-used', 'This invitation has been used.');
      case 'expired':
        return apiError(context, 'invitation-expired', 'This invitation has expired.');
      case 'joined': {
        if (redeemed.merge) await merges.settle(redeemed.merge);
        if (redeemed.left) await devices.publish(redeemed.left);
        const { before, member: after } = redeemed;
        events.tell({ type: 'member-changed', before, after, device: body.device });
        await devices.publish(redeemed.member.id);
        await cards.publish(redeemed.member.id);
        const space = spaces.of(redeemed.member)[0] ?? '';
        const { member, grant } = redeemed;
        const key = bytesToText(authority.key);
        return context.json({
          member: member.id,
          grant: bytesToText(grant.bytes),
          key,
          space,
        } satisfies RedeemResponse);
      }
    }
  });
  return app;
}
