/** Blocks by HTTP, for managers. They take effect at once. */
import type { OfficeBlock, blockRoutes } from '../../../shared/api/blocks.ts';
import type { Handlers } from '../../../shared/api/route/handler.ts';
import { timeKeyText } from '../../../shared/api/route/page.ts';
import type { Blocking } from './blocking.ts';
import type { StoredBlock } from './blocks-storage.ts';

const NO_NETWORK = 'Not an address or network, such as 203.0.113.0/24.';

export const blockHandlers = (blocking: Blocking): Handlers<typeof blockRoutes> => ({
  async list({ query }) {
    const { items, next } = await blocking.list(query);
    return { items: items.map(toldOf), next: next && timeKeyText(next) };
  },

  async reach({ query, refuse }) {
    const reach = await blocking.reach(query);
    if (reach) return reach;
    throw refuse('bad-request', NO_NETWORK, { field: 'address' });
  },

  async block({ body, act, refuse }) {
    const made = await blocking.block(body, act);
    if (made.length > 0) return made.map(toldOf);
    throw body.address === undefined
      ? refuse('not-found', 'No address of theirs is remembered.')
      : refuse('bad-request', NO_NETWORK, { field: 'address' });
  },

  async lift({ params, act, refuse }) {
    if (!(await blocking.lift(params.id, act)))
      throw refuse('not-found', 'No block is called that.');
    return undefined;
  },
});

const toldOf = ({ id, subject, shown, reason, created, expires }: StoredBlock): OfficeBlock => ({
  id,
  subject,
  shown,
  reason,
  created,
  expires,
});
