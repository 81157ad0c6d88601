import { expect } from '@open-wc/testing';
import { Limits } from '../../../shared/limits.ts';
import { inPieces } from './in-pieces.ts';

describe('inPieces', () => {
  it('cuts by count, in order, and loses nothing', () => {
    const items = Array.from({ length: 2 * Limits.submitEntries + 1 }, (_, index) => index);
    const pieces = inPieces(items, () => 1);
    expect(pieces.map((piece) => piece.length)).to.deep.equal([50, 50, 1]);
    expect(pieces.flat()).to.deep.equal(items);
  });

  it('cuts by size, so that no frame is too big', () => {
    const pieces = inPieces(Array.from({ length: 50 }), () => Limits.entryBytes);
    const largest = Math.max(...pieces.map((piece) => piece.length)) * Limits.entryBytes;
    expect(largest).to.be.below(Limits.frameBytes);
    expect(pieces.flat().length).to.equal(50);
  });

  it('makes nothing of nothing', () => {
    expect(inPieces([], () => 1)).to.deep.equal([]);
  });
});
