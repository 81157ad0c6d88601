/** Blocks: nobody who is blocked writes, and where whoever writes was is kept as hashes for a while. */
import type { Feature } from '../../core/feature.ts';
import type { Blocks } from './blocks.ts';
import { type ForgetOptions, forgetOld } from './forget-old.ts';

export const blocksFeature = (blocks: Blocks, options: ForgetOptions): Feature => ({
  name: 'blocks',
  policy: {
    admit: (author) => (blocks.until(author) > 0 ? 'blocked' : null),
    took(author) {
      if (author.address !== '') blocks.saw(author);
    },
  },
  events: {
    'members-merged': (merge) => blocks.moved(merge),
  },
  jobs: { 'forget-sightings': forgetOld(options) },
  stop: () => blocks.close(),
});
