import { expect } from '@open-wc/testing';
import { linkify } from './linkify.ts';

const shown = (text: string): string =>
  linkify(text)
    .map((part) => (typeof part === 'string' ? part : `[${part.href}]`))
    .join('');

describe('linkify', () => {
  it('ends an address where it ends', () => {
    expect(shown('Voir https://a.fr/b.')).to.equal('Voir [https://a.fr/b].');
    expect(shown('(https://a.fr/b)')).to.equal('([https://a.fr/b])');
    expect(shown('https://a.fr/b_(c)')).to.equal('[https://a.fr/b_(c)]');
    expect(shown('« www.a.fr/x »')).to.equal('« [https://www.a.fr/x] »');
    expect(shown('http://a.fr?q=1&r=2#z, puis')).to.equal('[http://a.fr?q=1&r=2#z], puis');
  });

  it('links the web only', () => {
    expect(shown('javascript:alert(1) data:text/html,x ftp://a.fr')).to.equal(
      'javascript:alert(1) data:text/html,x ftp://a.fr',
    );
    expect(shown('https://')).to.equal('https://');
  });

  it('links no address that begins with the name of another host', () => {
    for (const text of ['https://shop.fr@evil.fr', 'https://:x@evil.fr', 'www.shop.fr@evil.fr'])
      expect(shown(text)).to.equal(text);
    expect(shown('https://a.fr/@b')).to.equal('[https://a.fr/@b]');
  });

  it('loses nothing of the text', () => {
    const text = 'a https://b.fr c\nwww.d.fr/e! f';
    const joined = linkify(text)
      .map((part) => (typeof part === 'string' ? part : part.text))
      .join('');
    expect(joined).to.equal(text);
  });
});
