import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { conversationId } from '../../testing/fixtures.ts';
import './comptoir-invite.ts';
import type { ComptoirInvite } from './comptoir-invite.ts';

const question = {
  id: conversationId('c'),
  text: 'Peut-on percer du grès cérame sans percussion\u202f?',
  askedAt: Date.now(),
  answerers: 0,
};

const show = (locale = 'fr', spoken = false): Promise<ComptoirInvite> =>
  fixture(
    html`<comptoir-invite
      .question=${question}
      locale=${locale}
      ?spoken=${spoken}
    ></comptoir-invite>`,
  );
const button = (invite: ComptoirInvite, at: number): HTMLButtonElement | undefined =>
  invite.shadowRoot?.querySelectorAll('button')[at];

describe('<comptoir-invite>', () => {
  for (const locale of ['fr', 'en'])
    it(`is accessible, in ${locale}`, async () => {
      await expect(await show(locale)).to.be.accessible();
      await expect(await show(locale, true)).to.be.accessible();
    });

  it('asks for help with the question, and tells what the visitor wants', async () => {
    const invite = await show('en');
    expect(invite.shadowRoot?.textContent).to.contain('Can you help?').and.contain('grès cérame');
    setTimeout(() => button(invite, 0)?.click());
    await oneEvent(invite, 'comptoir-invite-open');
    setTimeout(() => button(invite, 1)?.click());
    await oneEvent(invite, 'comptoir-invite-hide');
  });

  it('only says it where a card would cover the page: nothing to press that nobody sees', async () => {
    const invite = await show('fr', true);
    expect(invite.shadowRoot?.textContent).to.contain('Pouvez-vous aider');
    expect(button(invite, 0)).to.equal(undefined);
  });

  it('shows nothing without a question', async () => {
    const invite = await show();
    invite.question = null;
    await invite.updateComplete;
    expect(invite.shadowRoot?.textContent?.trim()).to.equal('');
  });
});
