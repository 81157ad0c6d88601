/** Who speaks: a shape and a word. Roles come from the signed grant, never from message data. */
import { type TemplateResult, html, nothing } from 'lit';
import type { RoleName } from '../../shared/grant/roles.ts';
import type { CommonWords } from '../locales/common-fr.ts';
import { badgeCheckIcon, handHelpingIcon, shieldCheckIcon, storeIcon } from './more-icons.ts';

const shapes: Partial<Record<RoleName, TemplateResult>> = {
  helper: handHelpingIcon,
  guardian: shieldCheckIcon,
  staff: storeIcon,
  expert: badgeCheckIcon,
  manager: storeIcon,
};

/** Nothing for a visitor. */
export function roleBadge(role: RoleName, words: CommonWords): TemplateResult | typeof nothing {
  const shape = shapes[role];
  if (!shape) return nothing;
  const look = role === 'manager' ? 'staff' : role;
  return html`<span class="badge" part="badge" data-role=${look}
    >${shape}${words.roles[role]}</span
  >`;
}
