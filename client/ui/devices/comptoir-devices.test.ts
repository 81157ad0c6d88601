import { expect, fixture, html } from '@open-wc/testing';
import type { LinkOutcome } from '../../../shared/protocol/control.ts';
import type { DeviceActs, DevicesState } from '../../store/devices.ts';
import type { LinkCode } from '../../store/sync-port.ts';
import { laptop, phone, twoDevices } from '../../testing/fixtures.ts';
import './comptoir-devices.ts';
import type { ComptoirDevices } from './comptoir-devices.ts';

const two = twoDevices;
const alone: DevicesState = { ...two, all: [] };

/** Acts that note what they are told. */
function noting(more: Partial<DeviceActs> = {}): DeviceActs & { readonly calls: string[] } {
  const calls: string[] = [];
  return {
    calls,
    code: async () => ({ code: 'ABCD234567', expires: Date.now() + 299_000 }),
    join: async (code) => {
      calls.push(`join ${code}`);
      return 'linked';
    },
    remove: async (device) => {
      calls.push(`remove ${device}`);
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
  await rendered(element);
}

async function rendered(element: ComptoirDevices): Promise<void> {
  for (let turn = 0; turn < 3; turn++) {
    await Promise.resolve();
    await element.updateComplete;
  }
}

// Not the elements themselves: the runner hangs on the report of a failure that holds one.
const shows = (root: ParentNode, selector: string): boolean =>
  root.querySelector(selector) !== null;
const stands = (root: ShadowRoot, selector: string): boolean =>
  root.activeElement?.matches(selector) ?? false;

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
    expect(first && shows(first, 'button')).to.equal(false);
    expect(second?.textContent).to.contain('Chrome, Android').and.to.contain('2 oct. 2026');
    await expect(element).to.be.accessible();
  });

  it('removes one only after saying what happens', async () => {
    const acts = noting();
    const { element, root } = await show(two, { acts });
    await press(element, 'li button');
    expect(acts.calls).to.deep.equal([]);
    expect(root.querySelector('.sure')?.textContent).to.contain('oubliera');
    expect(root.activeElement?.textContent?.trim()).to.equal('Garder');
    await expect(element).to.be.accessible();
    await press(element, '.danger');
    expect(acts.calls).to.deep.equal([`remove ${phone.device}`]);
    expect(stands(root, '.add')).to.equal(true);
  });

  it('removes none that is kept, and goes back to where it was asked', async () => {
    const acts = noting();
    const { element, root } = await show(two, { acts });
    await press(element, 'li button');
    await press(element, '.keep');
    expect(shows(root, '.sure')).to.equal(false);
    expect(root.activeElement?.ariaLabel).to.equal('Retirer Chrome, Android');
    expect(acts.calls).to.deep.equal([]);
  });

  it('keeps the focus when what holds it goes away by itself', async () => {
    const { element, root } = await show(two);
    await press(element, 'li button');
    element.devices = alone;
    await rendered(element);
    expect(stands(root, '.add'), 'removed on another device').to.equal(true);
    element.code = 'ABCD234567';
    await rendered(element);
    expect(stands(root, 'input'), 'a code came').to.equal(true);
  });

  it('goes on asking when one could not be removed', async () => {
    const acts = noting({ remove: () => Promise.reject(new Error('offline')) });
    const { element, root } = await show(two, { acts });
    await press(element, 'li button');
    root.querySelector<HTMLElement>('.danger')?.focus();
    await press(element, '.danger');
    expect(root.querySelector('.problem')?.textContent).to.contain('Réessayez');
    expect(stands(root, '.danger')).to.equal(true);
  });

  it('shows a code to type and to point a camera at, for as long as it is good', async () => {
    const { element, root } = await show();
    await press(element, '.add');
    expect(root.querySelector('.code')?.textContent).to.equal('ABCD2 34567');
    expect(root.querySelector('.qr path')?.getAttribute('d')).to.have.length.above(1_000);
    expect(root.textContent).to.contain('encore 5 minutes');
    await expect(element).to.be.accessible();
  });

  it('names the picture of a code, and leads back from it', async () => {
    const { element, root } = await show();
    await press(element, '.add');
    expect(stands(root, '.back')).to.equal(true);
    expect(root.querySelector('.qr')?.role).to.equal('img');
    expect(root.querySelector('.qr')?.ariaLabel).to.contain('appareil photo');
    await press(element, '.back');
    expect(shows(root, '.code')).to.equal(false);
    expect(stands(root, '.add')).to.equal(true);
  });

  it('leaves the code once it was used: it is good no more', async () => {
    const { element, root } = await show();
    await press(element, '.add');
    element.devices = { ...alone };
    await element.updateComplete;
    expect(shows(root, '.code'), 'nobody came').to.equal(true);
    element.devices = two;
    await rendered(element);
    expect(shows(root, '.code')).to.equal(false);
    expect(root.querySelector('[role=status]')?.textContent).to.contain(
      'L’autre appareil est relié',
    );
    expect(stands(root, '.add')).to.equal(true);
    await expect(element).to.be.accessible();
  });

  it('says it when a code runs out before one’s eyes', async () => {
    const { element, root } = await show();
    await press(element, '.add');
    const region = root.querySelector('.share [role=status]');
    const { now } = Date;
    Date.now = () => now() + 300_000;
    try {
      element.requestUpdate();
      await element.updateComplete;
    } finally {
      Date.now = now;
    }
    expect(region?.textContent).to.contain('Ce code a expiré');
    expect(stands(root, '.back'), 'where it was').to.equal(true);
  });

  it('offers another code when one has run out', async () => {
    const acts = noting({ code: async () => ({ code: 'ABCD234567', expires: Date.now() - 1 }) });
    const { element, root } = await show(alone, { acts });
    await press(element, '.add');
    expect(root.textContent).to.contain('Ce code a expiré');
    expect(shows(root, '.qr')).to.equal(false);
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
    const { element, root } = await show(alone, { acts, code: 'ABCD234567' });
    expect(acts.calls).to.deep.equal([]);
    expect(root.textContent).to.contain('Relier cet appareil');
    expect(root.textContent).to.contain('cette personne lirait vos conversations');
    await expect(element).to.be.accessible();
    await press(element, '.primary');
    expect(acts.calls).to.deep.equal(['join ABCD234567']);
    expect(root.querySelector('[role=status]')?.textContent).to.contain('C’est relié');
  });

  it('takes a code as people type it', async () => {
    const acts = noting();
    const { element, root } = await show(alone, { acts });
    await press(element, '.have');
    expect(stands(root, 'input')).to.equal(true);
    await type(element, 'abcd');
    expect(root.querySelector('.problem')?.textContent).to.contain('10 caractères');
    await type(element, ' abcde-23456 ');
    expect(acts.calls).to.deep.equal(['join abcde23456']);
    expect(stands(root, '.have'), 'not fallen to the page').to.equal(true);
  });

  it('goes back to the code each time that it is too short', async () => {
    const { element, root } = await show();
    await press(element, '.have');
    for (const code of ['abcd', 'abcde']) {
      root.querySelector<HTMLElement>('.primary')?.focus();
      await type(element, code);
      expect(stands(root, 'input'), code).to.equal(true);
    }
    await press(element, 'form button');
    expect(stands(root, '.have')).to.equal(true);
  });

  for (const [outcome, words] of [
    ['unknown', 'n’existe pas'],
    ['later', 'Trop d’essais'],
    ['full', 'déjà reliés'],
    ['other', 'quelqu’un d’autre'],
  ] satisfies [LinkOutcome, string][]) {
    it(`says why it did not join: ${outcome}`, async () => {
      const acts = noting({ join: async () => outcome });
      const { element, root } = await show(alone, { acts, code: 'ABCD234567' });
      await press(element, '.primary');
      expect(root.querySelector('[role=alert]')?.textContent).to.contain(words);
      expect(root.querySelector('input')?.ariaInvalid).to.equal('true');
      await expect(element).to.be.accessible();
    });
  }

  it('says that the relay did not answer', async () => {
    const acts = noting({ join: () => Promise.reject(new Error('offline')) });
    const { element, root } = await show(alone, { acts, code: 'ABCD234567' });
    await press(element, '.primary');
    expect(root.querySelector('.problem')?.textContent).to.contain('Réessayez');
  });

  it('waits for the relay, and asks it once', async () => {
    let answer: (outcome: LinkOutcome) => void = () => {};
    let asked = 0;
    const join = (): Promise<LinkOutcome> => {
      asked++;
      return new Promise((resolve) => (answer = resolve));
    };
    const { element, root } = await show(alone, { acts: noting({ join }), code: 'ABCD234567' });
    await press(element, '.primary');
    await press(element, '.primary');
    expect(asked).to.equal(1);
    expect(root.querySelector('.primary')?.textContent?.trim()).to.equal('Un instant');
    expect(root.querySelector('.primary')?.ariaDisabled).to.equal('true');
    await expect(element).to.be.accessible();
    await press(element, 'form button');
    answer('unknown');
    await rendered(element);
    expect(shows(root, '.problem'), 'of a screen that was left').to.equal(false);
  });

  it('makes one code at a time, and shows it only where it was asked for', async () => {
    let answer: (code: LinkCode) => void = () => {};
    let asked = 0;
    const code = (): Promise<LinkCode> => {
      asked++;
      return new Promise((resolve) => (answer = resolve));
    };
    const { element, root } = await show(alone, { acts: noting({ code }) });
    await press(element, '.add');
    await press(element, '.add');
    expect(asked).to.equal(1);
    expect(root.querySelector('.add')?.ariaDisabled).to.equal('true');
    await press(element, '.have');
    answer({ code: 'ABCD234567', expires: Date.now() + 299_000 });
    await rendered(element);
    expect(stands(root, 'input')).to.equal(true);
  });

  it('removes one at a time, and moves nobody who went on meanwhile', async () => {
    let removed = (): void => {};
    let asked = 0;
    const remove = (): Promise<void> => {
      asked++;
      return new Promise((resolve) => (removed = resolve));
    };
    const { element, root } = await show(two, { acts: noting({ remove }) });
    await press(element, 'li button');
    await press(element, '.danger');
    await press(element, '.danger');
    expect(asked).to.equal(1);
    expect(root.querySelector('.danger')?.ariaDisabled).to.equal('true');
    await press(element, '.have');
    removed();
    await rendered(element);
    expect(stands(root, 'input')).to.equal(true);
  });

  it('speaks the language that is chosen, of what went wrong too', async () => {
    const { element, root } = await show(two, { code: 'ABCD234567' });
    await type(element, 'abcd');
    element.locale = 'en-GB';
    await element.updateComplete;
    expect(root.textContent).to.contain('Link this device?').and.contain('10 characters');
    await press(element, 'form button');
    const [first, second] = root.querySelectorAll('li');
    expect(first?.textContent).to.contain('this device');
    expect(second?.textContent).to.contain('linked 2 Oct 2026');
    await expect(element).to.be.accessible();
  });

  it('knows of no network before it knows of any device', async () => {
    const { element, root } = await show();
    element.devices = null;
    await element.updateComplete;
    expect(root.querySelector('[role=status]')?.textContent).to.contain('Il faut être en ligne');
    expect(root.querySelector('.add')?.ariaDisabled).to.equal('true');
    await expect(element).to.be.accessible();
  });

  it('shows what a device calls itself as text', async () => {
    const all = [laptop, { ...phone, label: '<img src=x>' }, { ...phone, label: '' }];
    const { root } = await show({ ...two, all });
    const [, second, third] = root.querySelectorAll('.name');
    expect(second?.textContent).to.contain('<img src=x>');
    expect(third?.textContent).to.contain('Appareil');
  });

  it('does nothing with no network, and says so', async () => {
    const acts = noting();
    const { element, root } = await show({ ...two, online: false }, { acts });
    expect(root.querySelector('[role=status]')?.textContent).to.contain('Il faut être en ligne');
    await press(element, '.add');
    expect(shows(root, '.code')).to.equal(false);
    await press(element, 'li button');
    await press(element, '.danger');
    expect(acts.calls).to.deep.equal([]);
    await expect(element).to.be.accessible();
  });

  it('only joins before the desk, and only lets in at it', async () => {
    const before = await show(alone, { joinOnly: true });
    expect(shows(before.root, '.add')).to.equal(false);
    expect(shows(before.root, '.have')).to.equal(true);
    const at = await show(alone, { atDesk: true });
    expect(shows(at.root, '.have')).to.equal(false);
    expect(shows(at.root, '.add')).to.equal(true);
  });
});
