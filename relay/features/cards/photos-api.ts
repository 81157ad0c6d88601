/** Photos that wait for a manager's eye. */
import { type Context, Hono } from 'hono';
import { apiError } from '../../http/api-error.ts';
import type { Cards } from './cards.ts';

export function photosApi(cards: Pick<Cards, 'held' | 'show' | 'refuse'>): Hono {
  const app = new Hono();
  const done = (context: Context, found: boolean): Response =>
    found ? context.body(null, 204) : apiError(context, 'not-found', 'There is no such photo.');
  app.get('/', async (context) => context.json(await cards.held()));
  app.post('/:name/show', async (context) =>
    done(context, await cards.show(context.req.param('name'))),
  );
  app.post('/:name/refuse', async (context) =>
    done(context, await cards.refuse(context.req.param('name'))),
  );
  return app;
}
