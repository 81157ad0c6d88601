import { expect } from '@open-wc/testing';
import { colours, tokens } from './sheets.ts';

const text = (): string =>
  Array.from(tokens.styleSheet?.cssRules ?? [], ({ cssText }) => cssText).join('');

it('gives browsers that know too little of colours a theme of their own, and others nothing', async () => {
  const native = text();
  await colours();
  expect(text()).to.equal(native);
  const { supports } = CSS;
  CSS.supports = () => false;
  try {
    await colours();
  } finally {
    CSS.supports = supports;
  }
  const probe = document.createElement('div');
  probe.attachShadow({ mode: 'open' }).adoptedStyleSheets = [tokens.styleSheet!];
  document.body.append(probe);
  const style = getComputedStyle(probe);
  // Each of these is a colour as it stands: nothing in it has to be understood.
  for (const name of ['surface', 'ink', 'fill', 'on-fill', 'focus', 'line', 'bad-text', 'own'])
    expect(style.getPropertyValue(`--comptoir-${name}`), name).to.match(/^#[\da-f]{3,8}$/);
  probe.remove();
});
