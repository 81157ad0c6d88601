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

  it('links phone numbers, French and others, where the brand wants it', () => {
    const tel = (text: string): string =>
      linkify(text, true)
        .map((part) => (typeof part === 'string' ? part : `[${part.href.slice(4)}]`))
        .join('');
    for (const [text, number] of [
      ['06 12 34 56 78', '0612345678'],
      ['0612345678', '0612345678'],
      ['06.12.34.56.78', '0612345678'],
      ['06-12-34-56-78', '0612345678'],
      ['06\u00a012\u00a034\u00a056\u00a078', '0612345678'],
      ['01\u202f23\u202f45\u202f67\u202f89', '0123456789'],
      ['0 800 12 34 56', '0800123456'],
      ['0892 700 700', '0892700700'],
      ['+33 6 12 34 56 78', '+33612345678'],
      ['+33 (0)6 12 34 56 78', '+33612345678'],
      ['0033 6 12 34 56 78', '+33612345678'],
      ['+33612345678', '+33612345678'],
      ['+49 30 901820', '+4930901820'],
      ['+1 (415) 555-2671', '+14155552671'],
      ['+44 20 7946 0958', '+442079460958'],
    ]) {
      expect(tel(text!)).to.equal(`[${number}]`);
      expect(tel(`Appelez le ${text}.`)).to.equal(`Appelez le [${number}].`);
      expect(tel(`(${text}), ou le ${text} ?`)).to.equal(`([${number}]), ou le [${number}] ?`);
      expect(shown(text!), 'only there').to.equal(text);
    }
  });

  it('links no number of something else', () => {
    for (const text of [
      'Commande 4006381333931',
      'commande 100612345678',
      'commande 06123456789',
      '06 12 34 56 78 90',
      '12 06 12 34 56 78',
      'n° 0612345678',
      '#0612345678',
      'REF0612345678',
      'CMD-0612345678',
      'FR76 3000 6000 0112 3456 7890 189',
      '0012345678901',
      '06 12.34-56 78',
      '01/02/03/04/05',
      '06 12 34 56',
      '10,0612345678',
      '0612345678 €',
      '+33',
      '+1234567',
      '+12345678901234567',
      '2024-11-27 09:30:00',
      '192.168.10.101',
      '0612345678@exemple.',
    ])
      expect(linkify(text, true), text).to.deep.equal([text]);
  });

  it('links addresses of e-mail there, and nothing that only looks like one', () => {
    const mail = (text: string): string =>
      linkify(text, true)
        .map((part) => (typeof part === 'string' ? part : `[${part.href}]`))
        .join('');
    expect(mail('Écrivez à sav@marque.example, merci')).to.equal(
      'Écrivez à [mailto:sav@marque.example], merci',
    );
    expect(mail('(Maud.Le-Gall+sav@a.b.example.com)')).to.equal(
      '([mailto:Maud.Le-Gall+sav@a.b.example.com])',
    );
    expect(mail('sav@marque.fr. Puis')).to.equal('[mailto:sav@marque.fr]. Puis');
    for (const text of [
      'a@b',
      '@marque.fr',
      'sav@marque',
      'a@b@c.fr',
      'sav@marque.fr@evil.fr',
      'https://shop.fr@evil.fr',
      'www.shop.fr@evil.fr',
      'x?bcc=all@marque.fr?bcc=a',
      'аdmin@marque.fr',
      'sav @ marque.fr',
    ])
      expect(mail(text), text).to.not.match(/\[mailto:(?!all@marque\.fr\])/);
    expect(mail('mailto:sav@marque.fr')).to.equal('mailto:sav@marque.fr');
    expect(shown('sav@marque.fr'), 'only there').to.equal('sav@marque.fr');
  });

  it('takes no longer for what somebody made to take long', () => {
    const started = performance.now();
    for (const piece of ['0', '0 ', '+1', '06 12 ', 'a.', 'a@', 'a@b.', '(', '+(0)', '0-', '1,'])
      linkify(piece.repeat(Math.ceil(4_000 / piece.length)), true);
    expect(performance.now() - started).to.be.below(1_000);
  });

  it('loses nothing of the text', () => {
    const text = 'a https://b.fr c\nwww.d.fr/e! f 06 12 34 56 78, a@b.fr';
    const joined = linkify(text, true)
      .map((part) => (typeof part === 'string' ? part : part.text))
      .join('');
    expect(joined).to.equal(text);
  });
});
