/** A member's own card and photo, by their session; and photos for everyone. */
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import * as v from 'valibot';
import { Role } from '../../../shared/grant/roles.ts';
import { Limits } from '../../../shared/limits.ts';
import type { Cards } from './cards.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Member } from '../../core/ports/people.ts';
import { TokenBuckets } from '../../core/limits/token-buckets.ts';
import { apiError, parsedBody } from '../../http/api-error.ts';
import { line, visible } from '../../http/lines.ts';
import type { BrowserSessions } from '../desk-sessions/session.ts';

export interface CardsApiOptions {
  readonly cards: Cards;
  readonly sessions: Pick<BrowserSessions, 'memberOf'>;
  readonly clock: Pick<Clock, 'now'>;
}

/** What one member changes of their card: everybody who is here is told of each change. */
const CHANGES = { burst: 10, perSecond: 1 / 30 };
/** Uploads held in memory at once, being sent or waiting for the decoder. */
const MOST_UPLOADS = 6;
const RETRY_S = 10;

const items = v.pipe(
  v.array(v.pipe(line(Limits.cardItemLength), v.minLength(1))),
  v.maxLength(Limits.cardItems),
  v.transform((all) => [...new Set(all)]),
);
const cardSchema = v.object({
  name: v.pipe(line(Limits.nameLength), visible),
  topics: items,
  store: line(Limits.cardItemLength),
  owns: items,
});

type Variables = { Variables: { member: Member } };

export function cardsApi({ cards, sessions, clock }: CardsApiOptions): Hono<Variables> {
  const changes = new TokenBuckets(CHANGES, clock.now);
  let held = 0;
  const app = new Hono<Variables>();

  app.use('/me/*', async (context, next) => {
    context.header('Cache-Control', 'private, no-store');
    const member = await sessions.memberOf(context);
    if (!member) return apiError(context, 'no-session', 'Open a session first.');
    context.set('member', member);
    return next();
  });
  app.on(['PUT', 'DELETE'], '/me/*', async (context, next) => {
    const waitMs = changes.take(context.get('member').id);
    if (waitMs > 0)
      return apiError(context, 'too-many', 'Too many changes.', Math.ceil(waitMs / 1_000));
    return next();
  });

  const told = async (context: Context<Variables>): Promise<Response> => {
    const card = await cards.own(context.get('member').id);
    return card ? context.json(card) : apiError(context, 'not-found', 'There is no such member.');
  };
  app.get('/me/card', told);
  app.put(
    '/me/card',
    bodyLimit({
      maxSize: 8_192,
      onError: (context) => apiError(context, 'bad-request', 'The body is too long.'),
    }),
    async (context) => {
      const body = await parsedBody(context, cardSchema);
      if (!body)
        return apiError(context, 'bad-request', 'Expected a name, topics, a store, what is owned.');
      await cards.put(context.get('member').id, body);
      return told(context);
    },
  );

  app.put(
    '/me/photo',
    async (context, next) => {
      // Before the body is read: what waits is held in memory.
      if (held >= MOST_UPLOADS) return busy(context);
      held++;
      try {
        return await next();
      } finally {
        held--;
      }
    },
    bodyLimit({
      maxSize: Limits.photoBytes,
      onError: (context) => apiError(context, 'too-big', 'A photo takes 5 MB at most.'),
    }),
    async (context) => {
      const image = new Uint8Array(await context.req.arrayBuffer());
      switch (await cards.setPhoto(context.get('member').id, image)) {
        case 'photo':
          return told(context);
        case 'not-an-image':
          return apiError(context, 'not-an-image', 'Expected a JPEG, PNG, WebP or AVIF image.');
        case 'busy':
          return busy(context);
      }
    },
  );
  app.delete('/me/photo', async (context) => {
    await cards.removePhoto(context.get('member').id);
    return told(context);
  });

  app.get('/photos/:name', async (context) => {
    const name = context.req.param('name');
    const photo = /^[\w-]{22}$/.test(name) ? await cards.photo(name) : undefined;
    if (!photo || (photo.held && !(await maySee(context, photo.member)))) {
      context.header('Cache-Control', 'no-store');
      return apiError(context, 'not-found', 'There is no such photo.');
    }
    return context.body(new Uint8Array(photo.bytes), 200, {
      'Content-Type': 'image/webp',
      'Cache-Control': photo.held ? 'private, no-store' : 'public, max-age=31536000, immutable',
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'Cross-Origin-Resource-Policy': 'cross-origin',
    });
  });
  const maySee = async (context: Context, owner: string): Promise<boolean> => {
    const member = await sessions.memberOf(context);
    return member !== null && (member.id === owner || member.role === Role.manager);
  };
  return app;
}

const busy = (context: Context): Response =>
  apiError(context, 'unavailable', 'Too many photos at once. Try again.', RETRY_S);
