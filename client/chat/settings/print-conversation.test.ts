import { expect } from '@open-wc/testing';
import { commonWords } from '../../locales/common-words.ts';
import { settingsWords } from '../../locales/settings-words.ts';
import { longThread, maud, said, threadOf, visitor } from '../../testing/fixtures.ts';
import { printConversation } from './print-conversation.ts';

const words = (lang: string) => ({ ...commonWords(lang), ...settingsWords(lang) });

/** What comes onto paper. */
const printed = (thread: ReturnType<typeof threadOf>, lang = 'fr'): Promise<Window> =>
  new Promise((done) => printConversation(thread, words(lang), done));
const leave = (paper: Window): void => void paper.dispatchEvent(new Event('afterprint'));

describe('printing a conversation', () => {
  it('has all of it, who said what and when, in both languages, and nothing of the page', async () => {
    const kept = { delivery: { type: 'kept' } } as const;
    const thread = threadOf(
      [
        said(visitor, 'Quelle\ncheville ?', 9),
        said(maud, '<b>M5</b>', 5),
        said(visitor, 'Merci', 1, kept),
      ],
      { title: 'Étagère' },
    );
    const french = await printed(thread);
    const text = french.document.body.innerText;
    expect(french.document.title).to.equal('Étagère');
    expect(french.document.documentElement.lang).to.equal('fr');
    expect(text).to.contain('Étagère').and.contain('imprimé le').and.contain('Vous');
    expect(text)
      .to.contain('Quelle\ncheville ?')
      .and.contain('Maud, Aide')
      .and.contain('<b>M5</b>');
    expect(text.match(/pas encore envoyé/g)).to.have.length(1);
    leave(french);
    const english = await printed(thread, 'en');
    expect(english.document.body.innerText).to.contain('printed on').and.contain('not sent yet');
    leave(english);
    expect(document.querySelectorAll('iframe[aria-hidden]').length).to.equal(0);
  });

  it('cuts nothing: all messages of a long one, long words broken', async () => {
    const items = [...longThread(300), said(maud, 'x'.repeat(2_000), 0)];
    const paper = await printed(threadOf(items));
    const { document: sheet } = paper;
    const messages = items.filter(({ type }) => type === 'message');
    expect(sheet.querySelectorAll('li').length).to.equal(messages.length);
    for (const each of [sheet.documentElement, sheet.body])
      expect(paper.getComputedStyle(each).overflow).to.equal('visible');
    (paper.frameElement as HTMLElement).style.setProperty('inline-size', '600px', 'important');
    expect(sheet.documentElement.scrollWidth).to.be.at.most(600);
    expect(sheet.querySelectorAll('[style]').length).to.equal(0);
    leave(paper);
  });
});
