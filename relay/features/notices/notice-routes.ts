/** Notices by HTTP, for those who decide them. */
import type { noticeRoutes } from '../../../shared/api/notices.ts';
import type { Handlers } from '../../../shared/api/route/handler.ts';
import { timeKeyText } from '../../../shared/api/route/page.ts';
import type { Notices } from './notices.ts';

export const noticeHandlers = (notices: Notices): Handlers<typeof noticeRoutes> => ({
  async list({ query }) {
    const { items, next } = await notices.list(query.decided === '0', query);
    return { items, next: next && timeKeyText(next) };
  },

  async decide({ params, body, act, refuse }) {
    const line = act.on(`notice:${params.id}`, body.reason);
    if (await notices.decide(params.id, body, line)) return undefined;
    const decision = (await notices.find(params.id))?.decision;
    if (!decision) throw refuse('not-found', 'There is no such notice.');
    const { by } = decision;
    throw refuse('conflict', `It was decided by ${by} before.`, { by });
  },
});
