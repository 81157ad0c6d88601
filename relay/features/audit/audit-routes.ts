/** The audit by HTTP, for managers. */
import type { OfficeAuditLine, auditRoutes } from '../../../shared/api/audit.ts';
import type { Handlers } from '../../../shared/api/route/handler.ts';
import { timeKeyText } from '../../../shared/api/route/page.ts';
import { bytesToText, textToBytes } from '../../../shared/bytes.ts';
import type { Audit } from './audit.ts';
import type { AuditLine } from '../../core/audit/chain.ts';

export const auditHandlers = (audit: Audit): Handlers<typeof auditRoutes> => ({
  async list({ query }) {
    const { items, next } = await audit.list(query, query);
    return { items: items.map(toldOf), next: next && timeKeyText(next) };
  },

  async export({ query }) {
    const lines = await audit.after(query.after);
    return lines.map((line) => `${JSON.stringify(toldOf(line))}\n`).join('');
  },

  async verify({ query }) {
    const { n, hash } = query;
    const end =
      n === undefined || hash === undefined ? undefined : { n, hash: textToBytes(hash, 32) };
    const { head, ...found } = await audit.verify(end);
    return { ...found, head: head && { n: head.n, hash: bytesToText(head.hash) } };
  },

  async blank({ params, act, refuse }) {
    if (!(await audit.blank(params.n, act.on(`line:${params.n}`))))
      throw refuse('not-found', 'There is no such line.');
    return undefined;
  },
});

const toldOf = ({
  n,
  at,
  by,
  act,
  target,
  why,
  salt,
  whyHash,
  hash,
}: AuditLine): OfficeAuditLine => ({
  n,
  at,
  by,
  act,
  target,
  why,
  salt: salt && bytesToText(salt),
  whyHash: bytesToText(whyHash),
  hash: bytesToText(hash),
});
