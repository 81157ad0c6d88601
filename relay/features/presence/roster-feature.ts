/** The roster of each space: kept while the relay runs. */
import type { Feature } from '../../core/feature.ts';
import { RosterKeeper, type RosterOptions } from './roster.ts';

export function rosterFeature(options: RosterOptions): Feature {
  let keeper: RosterKeeper | undefined;
  return {
    name: 'roster',
    start() {
      keeper = new RosterKeeper(options);
    },
    async stop() {
      keeper?.dispose();
      await keeper?.settled();
    },
  };
}
