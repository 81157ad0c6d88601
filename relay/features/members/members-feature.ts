/** Members: what was under way between two of them when the relay last stopped goes on. */
import type { Feature } from '../../core/feature.ts';
import type { Merges } from './merges.ts';

export const membersFeature = (merges: Pick<Merges, 'resume'>): Feature => ({
  name: 'members',
  start: () => merges.resume(),
});
