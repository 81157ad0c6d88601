/** Whoever is blocked writes nothing; where those who write were is remembered for a while. */
import type { Feature } from '../../core/feature.ts';
import type { Blocks } from './blocks.ts';

export const blocksFeature = (blocks: Blocks): Feature => ({
  name: 'blocks',
  policy: {
    admit: (author) => (blocks.until(author) > 0 ? 'blocked' : null),
    took: (author) => blocks.saw(author),
  },
  stop: () => blocks.close(),
});
