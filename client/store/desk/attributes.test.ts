import { expect } from '@open-wc/testing';
import { attributesIn } from './attributes.ts';

describe('what a page tells', () => {
  it('is its texts; anything else is nothing', () => {
    expect(attributesIn('{"segment":"fidèle","age":7,"more":{}}')).to.deep.equal({
      segment: 'fidèle',
    });
    for (const json of ['', 'null', '7', '["a"', '{']) expect(attributesIn(json)).to.deep.equal({});
  });
});
