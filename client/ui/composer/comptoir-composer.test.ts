import { expect, fixture, html } from '@open-wc/testing';
import './comptoir-composer.ts';
import type { ComptoirComposer } from './comptoir-composer.ts';

async function show(
  value = '',
): Promise<{ composer: ComptoirComposer; sent: string[]; field: HTMLTextAreaElement }> {
  const composer = await fixture<ComptoirComposer>(
    html`<comptoir-composer .value=${value} .placeholder=${'Écrivez'}></comptoir-composer>`,
  );
  const sent: string[] = [];
  composer.addEventListener('comptoir-send', (event) => sent.push(event.text));
  const field = composer.shadowRoot?.querySelector('textarea') as HTMLTextAreaElement;
  return { composer, sent, field };
}

const press = (field: HTMLElement, init: KeyboardEventInit): KeyboardEvent => {
  const event = new KeyboardEvent('keydown', {
    key: 'Enter',
    bubbles: true,
    cancelable: true,
    composed: true,
    ...init,
  });
  field.dispatchEvent(event);
  return event;
};

describe('<comptoir-composer>', () => {
  it('sends on Enter, not on Shift+Enter, nor while a word is composed, nor by repeat', async () => {
    const { sent, field } = await show('Bonjour');
    expect(press(field, { shiftKey: true }).defaultPrevented).to.equal(false);
    press(field, { isComposing: true });
    press(field, { keyCode: 229 });
    press(field, { repeat: true });
    expect(sent).to.deep.equal([]);
    expect(press(field, {}).defaultPrevented).to.equal(true);
    expect(sent).to.deep.equal(['Bonjour']);
  });

  it('does not send twice while the first is being kept', async () => {
    const { composer, sent, field } = await show('Bonjour');
    composer.busy = true;
    press(field, {});
    expect(sent).to.deep.equal([]);
  });

  it('tells every change and leaves the text standing until its owner clears it', async () => {
    const { composer, field } = await show();
    const drafts: string[] = [];
    composer.addEventListener('comptoir-draft', (event) => drafts.push(event.text));
    field.value = 'a\u0007b';
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    expect(drafts).to.deep.equal(['ab']);
    for (const [pasted, kept] of [
      ['a\u202eb\r\nc\u009bd\ud800', 'ab\ncd'],
      ['\u3164\u200b', ''],
      ['  a', '  a'],
      ['👩\u200d🚀 می\u200cخواهم', '👩\u200d🚀 می\u200cخواهم'],
    ]) {
      field.value = pasted!;
      field.dispatchEvent(new InputEvent('input', { bubbles: true }));
      await composer.updateComplete;
      expect(drafts.at(-1)).to.equal(kept);
      expect(field.value).to.equal(kept);
    }
    field.value = 'ab';
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    press(field, {});
    await composer.updateComplete;
    expect(field.value).to.equal('ab');
    composer.value = '';
    await composer.updateComplete;
    expect(field.value).to.equal('');
  });

  it('sends nothing blank or too long, and counts near the limit', async () => {
    const { composer, sent, field } = await show('   ');
    press(field, {});
    composer.value = 'x'.repeat(4_001);
    await composer.updateComplete;
    press(field, {});
    expect(sent).to.deep.equal([]);
    expect(field.getAttribute('aria-invalid')).to.equal('true');
    expect(composer.shadowRoot?.querySelector('#left')?.textContent).to.contain(
      '1\u00a0caractère de trop',
    );
    await expect(composer).shadowDom.to.be.accessible();
  });

  it('refuses a pasted file in words, and takes the text that comes with one', async () => {
    const { composer, field } = await show();
    const paste = (...texts: string[]): ClipboardEvent => {
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File(['x'], 'photo.png', { type: 'image/png' }));
      for (const text of texts) clipboardData.setData('text/plain', text);
      const event = new ClipboardEvent('paste', { clipboardData, cancelable: true });
      field.dispatchEvent(event);
      return event;
    };
    const said = (): string =>
      composer.shadowRoot?.querySelector('[role=status]')?.textContent ?? '';
    expect(paste('12 cm').defaultPrevented).to.equal(false);
    expect(paste().defaultPrevented).to.equal(true);
    await composer.updateComplete;
    expect(said()).to.contain('Les fichiers ne passent pas');
    await expect(composer).shadowDom.to.be.accessible();
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await composer.updateComplete;
    expect(said().trim()).to.equal('');
  });

  it('grows with the text', async () => {
    const { composer, field } = await show('a');
    const before = field.clientHeight;
    composer.value = 'a\nb\nc\nd';
    await composer.updateComplete;
    expect(field.clientHeight).to.be.above(before);
  });

  it('is accessible, keeps its events inside, and gives focus to the field', async () => {
    const { composer, field } = await show('Bonjour');
    const outside: Event[] = [];
    document.addEventListener('comptoir-send', (event) => outside.push(event), { once: true });
    await expect(composer).shadowDom.to.be.accessible();
    composer.focus();
    expect(composer.shadowRoot?.activeElement).to.equal(field);
  });
});
