import { expect, fixture, html } from '@open-wc/testing';
import type { DeviceKey } from '../../../shared/ids.ts';
import type { LinkOutcome } from '../../../shared/protocol/control.ts';
import type { DeviceActs, DevicesState } from '../../store/chat-state.ts';
import './comptoir-devices.ts';
import type { ComptoirDevices } from './comptoir-devices.ts';

const key = (letter: string): DeviceKey => letter.repeat(42).concat('A') as DeviceKey;
const own = { device: key('A'), label: 'Firefox, Linux', since: Date.UTC(2026, 8, 1) };
const phone = { device: key('B'), label: 'Chrome, Android', since: Date.UTC(2026, 9, 2) };
const two: DevicesState = { own: own.device, all: [own, phone], online: true };
const alone: DevicesState = { own: own.device, all: [], online: true };

/** Acts that note what they are told. */
function noting(more: Partial<DeviceActs> = {}): DeviceActs & { readonly told: string[] } {
  const told: string[] = [];
  return {
    told,
    code: async () => ({ code: 'ABCD2345', expires: Date.now() + 299_000 }),
    join: async (code) => {
      told.push(`join ${code}`);
      return 'linked';
    },
    remove: async (device) => {
      told.push(`remove ${device}`);
    },
    ...more,
  };
}

async function show(
  devices: DevicesState = alone,
  more: Partial<ComptoirDevices> = {},
): Promise<{ element: ComptoirDevices; root: ShadowRoot }> {
  const element = await fixture<ComptoirDevices>(
    html`<comptoir-devices
      .devices=${devices}
      .acts=${more.acts ?? noting()}
      .code=${more.code ?? ''}
      .atDesk=${more.atDesk ?? false}
      .joinOnly=${more.joinOnly ?? false}
    ></comptoir-devices>`,
  );
  return { element, root: element.shadowRoot as ShadowRoot };
}

/** Presses a button, and waits for what follows from it. */
async function press(element: ComptoirDevices, selector: string): Promise<void> {
  element.shadowRoot?.querySelector<HTMLElement>(selector)?.click();
  for (let turn = 0; turn < 3; turn++) {
    await Promise.resolve();
    await element.updateComplete;
  }
}

async function type(element: ComptoirDevices, code: string): Promise<void> {
  const input = element.shadowRoot?.querySelector('input') as HTMLInputElement;
  input.value = code;
  await press(element, '.primary');
}

describe('<comptoir-devices>', () => {
  it('says that there is only this one', async () => {
    const { element, root } = await show();
    expect(root.textContent).to.contain('Seul cet appareil');
    await expect(element).to.be.accessible();
  });

  it('lists them, and marks this one, which is not removed here', async () => {
    const { element, root } = await show(two);
    const [first, second] = root.querySelectorAll('li');
    expect(first?.textContent).to.contain('Firefox, Linux').and.to.contain('cet appareil');
    expect(first?.querySelector('button')).to.equal(null);
    expect(second?.textContent).to.contain('Chrome, Android').and.to.contain('2 oct. 2026');
    await expect(element).to.be.accessible();
  });

  it('removes one only after saying what happens', async () => {
    const acts = noting();
    const { element, root } = await show(two, { acts });
    await press(element, 'li button');
    expect(acts.told).to.deep.equal([]);
    expect(root.querySelector('.sure')?.textContent).to.contain('oubliera');
    expect(root.activeElement?.textContent?.trim()).to.equal('Garder');
    await expect(element).to.be.accessible();
    await press(element, '.danger');
    expect(acts.told).to.deep.equal([`remove ${phone.device}`]);
  });

  it('shows a code to type and to point a camera at, for as long as it is good', async () => {
    const { element, root } = await show();
    await press(element, '.add');
    expect(root.querySelector('.code')?.textContent).to.equal('ABCD 2345');
    expect(root.querySelector('.qr path')?.getAttribute('d')).to.have.length.above(1_000);
    expect(root.textContent).to.contain('encore 5 minutes');
    await expect(element).to.be.accessible();
  });

  it('offers another code when one has run out', async () => {
    const acts = noting({ code: async () => ({ code: 'ABCD2345', expires: Date.now() - 1 }) });
    const { element, root } = await show(alone, { acts });
    await press(element, '.add');
    expect(root.textContent).to.contain('Ce code est passé');
    expect(root.querySelector('.qr')).to.equal(null);
    expect(root.textContent).to.contain('Un autre code');
    await expect(element).to.be.accessible();
  });

  it('says that there may be no more', async () => {
    const acts = noting({ code: async () => ({ code: '', expires: 0 }) });
    const { element, root } = await show(two, { acts });
    await press(element, '.add');
    expect(root.querySelector('.problem')?.textContent).to.contain('Retirez-en un');
  });

  it('asks before it uses the code of an address, and joins', async () => {
    const acts = noting();
    const { element, root } = await show(alone, { acts, code: 'ABCD2345' });
    expect(acts.told).to.deep.equal([]);
    expect(root.textContent).to.contain('Relier cet appareil');
    expect(root.textContent).to.contain('cette personne lirait vos conversations');
    await expect(element).to.be.accessible();
    await press(element, '.primary');
    expect(acts.told).to.deep.equal(['join ABCD2345']);
    expect(root.querySelector('[role=status]')?.textContent).to.contain('C’est relié');
  });

  it('takes a code as people type it', async () => {
    const acts = noting();
    const { element, root } = await show(alone, { acts });
    await press(element, '.have');
    await type(element, 'abcd');
    expect(root.querySelector('.problem')?.textContent).to.contain('8 signes');
    await type(element, ' abcd-2345 ');
    expect(acts.told).to.deep.equal(['join abcd2345']);
  });

  for (const [outcome, words] of [
    ['unknown', 'n’existe pas'],
    ['later', 'Trop d’essais'],
    ['full', 'déjà reliés'],
    ['other', 'quelqu’un d’autre'],
  ] satisfies [LinkOutcome, string][]) {
    it(`says why it did not join: ${outcome}`, async () => {
      const acts = noting({ join: async () => outcome });
      const { element, root } = await show(alone, { acts, code: 'ABCD2345' });
      await press(element, '.primary');
      expect(root.querySelector('[role=alert]')?.textContent).to.contain(words);
      expect(root.querySelector('input')?.ariaInvalid).to.equal('true');
      await expect(element).to.be.accessible();
    });
  }

  it('says that the relay did not answer', async () => {
    const acts = noting({ join: () => Promise.reject(new Error('offline')) });
    const { element, root } = await show(alone, { acts, code: 'ABCD2345' });
    await press(element, '.primary');
    expect(root.querySelector('.problem')?.textContent).to.contain('Réessayez');
  });

  it('does nothing with no network, and says so', async () => {
    const acts = noting();
    const { element, root } = await show({ ...two, online: false }, { acts });
    expect(root.querySelector('[role=status]')?.textContent).to.contain('Il faut du réseau');
    await press(element, '.add');
    expect(root.querySelector('.code')).to.equal(null);
    await press(element, 'li button');
    await press(element, '.danger');
    expect(acts.told).to.deep.equal([]);
    await expect(element).to.be.accessible();
  });

  it('only joins before the desk, and only lets in at it', async () => {
    const before = await show(alone, { joinOnly: true });
    expect(before.root.querySelector('.add')).to.equal(null);
    expect(before.root.querySelector('.have')).to.not.equal(null);
    const at = await show(alone, { atDesk: true });
    expect(at.root.querySelector('.have')).to.equal(null);
    expect(at.root.querySelector('.add')).to.not.equal(null);
  });
});
