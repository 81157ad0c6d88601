import { expect, fixture } from '@open-wc/testing';
import { LitElement, type TemplateResult, html } from 'lit';
import { keepFocus } from './keep-focus.ts';

class TestScreen extends LitElement {
  /** What the buttons are called. */
  names: readonly string[] = ['stays', 'goes'];
  leaves = false;

  constructor() {
    super();
    keepFocus(
      this,
      () => this.renderRoot.querySelector<HTMLElement>('h2')?.focus(),
      () => this.leaves,
    );
  }

  protected override render(): TemplateResult {
    return html`<h2 tabindex="-1">Title</h2>
      ${this.names.map((name) => html`<button id=${name}>${name}</button>`)}`;
  }

  /** Draws it anew; tells what has the focus then. */
  async drawn(): Promise<string | undefined> {
    this.requestUpdate();
    await this.updateComplete;
    const { activeElement } = this.shadowRoot as ShadowRoot;
    return activeElement?.id || activeElement?.localName;
  }
}
customElements.define('test-keep-focus', TestScreen);

describe('the focus inside an element', () => {
  let screen: TestScreen;
  const press = (id: string): void =>
    screen.shadowRoot?.querySelector<HTMLElement>(`#${id}`)?.focus();
  beforeEach(async () => {
    screen = await fixture<TestScreen>(document.createElement('test-keep-focus'));
  });

  it('stays where it is while what has it stays', async () => {
    press('stays');
    screen.names = ['stays'];
    expect(await screen.drawn()).to.equal('stays');
  });

  it('rests elsewhere in it once what had it is gone', async () => {
    press('goes');
    screen.names = ['stays'];
    expect(await screen.drawn()).to.equal('h2');
  });

  it('moves where it may rest when something else shows, also if what has it stays', async () => {
    press('stays');
    screen.leaves = true;
    expect(await screen.drawn()).to.equal('h2');
  });

  it('is not taken from the page', async () => {
    screen.leaves = true;
    screen.names = [];
    expect(await screen.drawn()).to.equal(undefined);
  });
});
