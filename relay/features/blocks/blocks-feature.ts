/** Whoever is blocked writes nothing; where those who write were is remembered for a while. */
import type { Feature } from '../../core/feature.ts';
import type { Blocks } from './blocks.ts';
import { type ForgetOptions, forgetOld } from './forget-old.ts';

export const blocksFeature = (blocks: Blocks, options: ForgetOptions): Feature => ({
  name: 'blocks',
  policy: {
    admit: (author) => (blocks.until(author) > 0 ? 'blocked' : null),
    took: (author) => blocks.saw(author),
  },
  jobs: { 'forget-sightings': forgetOld(options) },
  stop: () => blocks.close(),
});
