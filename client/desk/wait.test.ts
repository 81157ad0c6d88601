import { assert } from '@open-wc/testing';
import { deskWords } from '../locales/desk.ts';
import { pageAddress, pageName } from './page-name.ts';
import { waitShown } from './wait.ts';

const fr = deskWords('fr').wait;
const at = 1_800_000_000_000;
const ago = (seconds: number): number => at - seconds * 1000;

describe('how long somebody waits', () => {
  it('says it in words that go with the tone', () => {
    assert.deepEqual(waitShown({ since: ago(20), tone: 'fresh' }, at, fr), {
      tone: 'fresh',
      text: '20\u00a0s',
      gone: 44,
    });
    assert.equal(
      waitShown({ since: ago(38), tone: 'soon' }, at, fr).text,
      '38\u00a0s, bientôt 45\u00a0s',
    );
    const late = waitShown({ since: ago(70), tone: 'late' }, at, deskWords('en').wait);
    assert.equal(late.text, '1 min 10, late');
    assert.equal(late.gone, 100);
  });

  it('grows to hours and days, and never below nothing', () => {
    assert.equal(fr.duration(59), '59\u00a0s');
    assert.equal(fr.duration(600), '10\u00a0min');
    assert.equal(fr.duration(7500), '2\u00a0h\u00a005');
    assert.equal(fr.duration(200_000), '2\u00a0j');
    assert.equal(waitShown({ since: ago(-9), tone: 'fresh' }, at, fr).gone, 0);
  });
});

describe('the page a question came from', () => {
  it('is called by its title, else by its address', () => {
    assert.equal(pageName({ url: 'https://a.example/x', title: 'Placo' }), 'Placo');
    assert.equal(pageName({ url: 'https://a.example/murs/placo', title: '' }), '/murs/placo');
    assert.equal(pageName({ url: 'https://a.example/', title: '' }), 'a.example');
    assert.equal(pageName({ url: 'https://a.example/100%', title: '' }), '/100%');
    assert.equal(pageName({ url: '', title: '' }), '');
  });

  it('is a link only when a browser may follow it', () => {
    assert.equal(pageAddress({ url: 'https://a.example/x', title: '' }), 'https://a.example/x');
    assert.isNull(pageAddress({ url: 'javascript:alert(1)', title: '' }));
    assert.isNull(pageAddress({ url: 'nothing', title: '' }));
  });
});
