import { expect } from '@open-wc/testing';
import { pageTitles } from './page-titles.ts';

const page = (
  title: string,
  url = 'https://boutique.example/a',
): { title: string; url: string } => ({
  title,
  url,
});
const titled = (...titles: string[]): string[] => {
  const pages = titles.map((title) => page(title));
  return pages.map(pageTitles(pages));
};

describe('page titles', () => {
  it('lose what all pages of a site end or begin with', () => {
    expect(titled('Plaque BA13 | Brico', 'Vis | Brico', 'Colles | Brico')).to.deep.equal([
      'Plaque BA13',
      'Vis',
      'Colles',
    ]);
    expect(titled('Brico - Murs', 'Brico - Sols')).to.deep.equal(['Murs', 'Sols']);
    expect(titled('Sols – Rayons – Brico', 'Murs – Rayons – Brico')).to.deep.equal([
      'Sols – Rayons',
      'Murs – Rayons',
    ]);
  });

  it('lose what the address says, on a single page too', () => {
    const only = page('Vis à bois — Brico Lux', 'https://www.brico-lux.fr/vis');
    expect(pageTitles([only])(only)).to.equal('Vis à bois');
  });

  it('keep everything else', () => {
    expect(titled('Chauffage · Radiateurs', 'Peinture · Murs')).to.deep.equal([
      'Chauffage · Radiateurs',
      'Peinture · Murs',
    ]);
    expect(titled('Porte-manteau', 'Porte-savon')).to.deep.equal(['Porte-manteau', 'Porte-savon']);
    expect(titled('Brico', '', '|')).to.deep.equal(['Brico', '', '|']);
    const other = page('Vis | Brico', 'https://elsewhere.example/');
    expect(pageTitles([page('Murs | Brico'), page('Sols | Brico')])(other)).to.equal('Vis | Brico');
    expect(pageTitles([])(page('Vis', 'no address'))).to.equal('Vis');
  });

  it('take no time over titles made to take some', () => {
    const long = page(`${' - '.repeat(300)}${' '.repeat(2_000)}x`);
    const start = performance.now();
    pageTitles([long, page(' | '.repeat(600))])(long);
    expect(performance.now() - start).to.be.below(200);
  });
});
