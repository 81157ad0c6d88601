import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { assertAccessible } from '../../desk/testing/accessible.ts';
import { maud, romane, said, threadOf, visitor } from '../../testing/fixtures.ts';
import type { Person } from '../../store/person.ts';
import { avatar } from '../avatar.ts';
import type { ComptoirThread } from '../thread/comptoir-thread.ts';
import '../thread/comptoir-thread.ts';

const PIXEL = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';

async function show(from: Person): Promise<ComptoirThread> {
  const thread = await fixture<ComptoirThread>(
    html`<comptoir-thread style="block-size: 480px; inline-size: 360px"></comptoir-thread>`,
  );
  thread.thread = threadOf([said(visitor, 'Bonjour', 9), said(from, 'Bonjour à vous', 8)]);
  await thread.updateComplete;
  return thread;
}
const find = (thread: ComptoirThread, selector: string): HTMLElement | null =>
  thread.renderRoot.querySelector<HTMLElement>(selector);
async function meet(thread: ComptoirThread): Promise<HTMLElement> {
  find(thread, '.meet')?.focus();
  await sendKeys({ press: 'Enter' });
  await thread.updateComplete;
  return find(thread, '[role=dialog]')!;
}

describe('a person’s card', () => {
  it('opens by the name, tells who they are, and is accessible', async () => {
    const thread = await show(romane);
    expect(find(thread, '.meet')?.getAttribute('aria-label')).to.equal('Romane, voir sa carte');
    const card = await meet(thread);
    expect(card.getAttribute('aria-label')).to.equal('Romane');
    const text = card.textContent.replace(/\s+/g, ' ');
    for (const line of ['Aide', 'mai 2025', 'carrelage', 'joints', 'Lyon', 'une scie à eau'])
      expect(text).to.contain(line);
    await assertAccessible(thread);
  });

  it('opens by the picture, which stays out of the tab order', async () => {
    const thread = await show(romane);
    const face = find(thread, '.face')!;
    expect(face.tabIndex).to.equal(-1);
    face.click();
    await thread.updateComplete;
    expect(find(thread, '[role=dialog]')).to.not.equal(null);
  });

  it('closes by Escape, its button and a press beside it; the focus goes back to the name', async () => {
    const thread = await show(romane);
    let escaped = false;
    thread.addEventListener('keydown', ({ key }) => (escaped ||= key === 'Escape'));
    await meet(thread);
    expect(thread.shadowRoot?.activeElement?.className).to.contain('close');
    await sendKeys({ press: 'Escape' });
    await thread.updateComplete;
    expect(find(thread, '[role=dialog]')).to.equal(null);
    expect(escaped, 'what is around stays open').to.equal(false);
    expect(thread.shadowRoot?.activeElement?.className).to.equal('meet');
    for (const way of ['.close', '.beside']) {
      await meet(thread);
      find(thread, way)?.click();
      await thread.updateComplete;
      expect(find(thread, '[role=dialog]'), way).to.equal(null);
    }
  });

  it('goes away with its conversation', async () => {
    const thread = await show(romane);
    await meet(thread);
    thread.thread = { ...threadOf([said(visitor, 'Autre', 1)]), id: 'other' as never };
    await thread.updateComplete;
    expect(find(thread, '[role=dialog]')).to.equal(null);
  });

  it('is not offered of somebody who has none', async () => {
    const thread = await show(maud);
    expect(find(thread, '.meet')).to.equal(null);
    expect(find(thread, '.face')).to.equal(null);
  });

  it('says nothing of what is not on it', async () => {
    const bare = { ...romane, card: { ...romane.card!, topics: [], store: '', owns: [] } };
    const card = await meet(await show(bare));
    expect(card.querySelector('dl')).to.equal(null);
    expect(card.textContent).not.to.contain('ajouté');
  });
});

describe('avatar', () => {
  const draw = async (photo: string): Promise<HTMLElement> => {
    const box = await fixture(html`<div>${avatar({ ...romane, photo })}</div>`);
    return box.querySelector<HTMLElement>('.avatar')!;
  };

  it('shows the photo, without a place of its own in the layout', async () => {
    const image = (await draw(PIXEL)).querySelector('img')!;
    expect(image.alt).to.equal('');
    expect(image.loading).to.equal('lazy');
    await image.decode();
    expect(image.hidden).to.equal(false);
  });

  it('shows initials where the photo does not come, and does not ask again', async () => {
    const url = 'data:image/webp;base64,AAAA';
    const drawn = await draw(url);
    const image = drawn.querySelector('img')!;
    if (!image.hidden) await new Promise((done) => image.addEventListener('error', done));
    expect(image.hidden).to.equal(true);
    expect(drawn.textContent).to.contain('RO');
    expect((await draw(url)).querySelector('img')).to.equal(null);
  });
});
