import { expect } from '@open-wc/testing';
import { keptOpen, wasOpenedLately } from './was-opened.ts';

const SPACE = 'community/demo';
const DAY_MS = 86_400_000;

describe('what the loader keeps of a tab', () => {
  beforeEach(() => sessionStorage.clear());
  after(() => sessionStorage.clear());

  it('is whether the chat was open, for one space, until it is closed', () => {
    expect(keptOpen(SPACE)).to.equal(false);
    expect(keptOpen(SPACE, true), 'as it was before').to.equal(false);
    expect(keptOpen(SPACE)).to.equal(true);
    expect(keptOpen('community/other')).to.equal(false);
    expect(keptOpen(SPACE, false), 'as it was before').to.equal(true);
    expect(keptOpen(SPACE)).to.equal(false);
  });

  it('holds the place with it, which opening again does not take away', () => {
    const place = '{"screen":"welcome"}';
    sessionStorage.setItem(`comptoir-open ${SPACE}`, place);
    expect(keptOpen(SPACE, true)).to.equal(true);
    expect(sessionStorage.getItem(`comptoir-open ${SPACE}`)).to.equal(place);
    expect(keptOpen(SPACE)).to.equal(true);
    expect(sessionStorage.getItem(`comptoir-open ${SPACE}`), 'only asked for').to.equal(place);
    keptOpen(SPACE, false);
    expect(sessionStorage.getItem(`comptoir-open ${SPACE}`)).to.equal('');
    expect(keptOpen(SPACE, false)).to.equal(false);
  });
});

describe('what the loader reads of a device', () => {
  afterEach(() => localStorage.removeItem('comptoir-opened'));

  it('is whether something was written in a space within a week', () => {
    const wrote = (flags: string): boolean => {
      localStorage.setItem('comptoir-opened', flags);
      return wasOpenedLately(SPACE);
    };
    expect(wasOpenedLately(SPACE)).to.equal(false);
    expect(wrote(JSON.stringify({ [SPACE]: Date.now() - 6 * DAY_MS }))).to.equal(true);
    expect(wrote(JSON.stringify({ [SPACE]: Date.now() - 8 * DAY_MS }))).to.equal(false);
    expect(wrote(JSON.stringify({ other: Date.now() }))).to.equal(false);
    expect(wrote('another’s value')).to.equal(false);
  });
});
