/** What of the visitor's store a first screen does not need: it comes with the later screens. */
import { OpenSpace, type OpenSpaceOptions } from './open-space.ts';
import { takeBack, withdraw } from '../conversation/own-entries.ts';

export const laterParts = {
  openSpace: (options: OpenSpaceOptions): OpenSpace => new OpenSpace(options),
  takeBack,
  withdraw,
};

export type LaterParts = typeof laterParts;
