import { assert, fixture, html } from '@open-wc/testing';
import type { DeskState } from '../../store/desk/desk-state.ts';
import type { DeskIntent, DeskIntentEvent } from '../desk-intent.ts';
import { phone, twoDevices } from '../../testing/fixtures.ts';
import '../keys/keys.ts';
import type { ComptoirDeskKeys } from '../keys/keys.ts';
import { assertAccessible } from '../testing/accessible.ts';
import { busyState, fixtureStore, offlineState } from '../testing/desk-fixtures.ts';
import './settings.ts';
import type { ComptoirDeskSettings } from './settings.ts';

let intents: DeskIntent[] = [];
const show = (
  state: DeskState = busyState(),
  permission: ComptoirDeskSettings['permission'] = 'default',
): Promise<ComptoirDeskSettings> =>
  fixture(
    html`<comptoir-desk-settings
      .state=${state}
      .permission=${permission}
      @comptoir-desk-intent=${({ intent }: DeskIntentEvent) => intents.push(intent)}
    ></comptoir-desk-settings>`,
  );
const switches = (element: ComptoirDeskSettings): HTMLElement[] =>
  Array.from(element.shadowRoot?.querySelectorAll<HTMLElement>('[role=switch]') ?? []);

describe('<comptoir-desk-settings>', () => {
  beforeEach(() => {
    intents = [];
  });

  it('spaces the colon of the card’s term as its language does', async () => {
    const shown = async (language: string): Promise<string> => {
      const settings = await show();
      settings.language = language;
      await settings.updateComplete;
      return settings.shadowRoot?.textContent ?? '';
    };
    assert.match(await shown('fr'), /Votre accès\u00a0: valable/);
    assert.match(await shown('en'), /Your access: valid until/);
  });

  it('turns sound, notifications and single keys', async () => {
    const settings = await show();
    for (const one of switches(settings)) one.click();
    assert.deepEqual(intents, [
      { do: 'sound', on: false },
      { do: 'notify', on: true },
      { do: 'single-keys', on: false },
    ]);
  });

  it('does not offer notifications that the browser refuses', async () => {
    const settings = await show(busyState({ notify: true }), 'denied');
    const notify = switches(settings)[1];
    assert.equal(notify?.getAttribute('aria-checked'), 'false');
    notify?.click();
    assert.isEmpty(intents);
  });

  it('speaks another language', async () => {
    const settings = await show();
    const select = settings.shadowRoot?.querySelector('select');
    if (!select) throw new Error('no select');
    select.value = 'en';
    select.dispatchEvent(new Event('change'));
    select.value = '';
    select.dispatchEvent(new Event('change'));
    assert.deepEqual(intents, [
      { do: 'lang', lang: 'en' },
      { do: 'lang', lang: null },
    ]);
  });

  it('lets other devices in and cuts them off, in the language of the desk', async () => {
    const { devices: acts, calls } = fixtureStore(busyState());
    const settings = await show(busyState({ devices: twoDevices }));
    settings.devices = acts;
    settings.language = 'en';
    await settings.updateComplete;
    assert.include(settings.shadowRoot?.textContent, 'My devices');
    const devices = settings.shadowRoot?.querySelector('comptoir-devices');
    const root = devices?.shadowRoot;
    await devices?.updateComplete;
    await assertAccessible(settings);
    assert.notInclude(root?.textContent, 'I have a code', 'it is somebody’s already');
    root?.querySelector<HTMLElement>('li button')?.click();
    await devices?.updateComplete;
    root?.querySelector<HTMLElement>('.danger')?.click();
    assert.deepEqual(calls, [['remove', phone.device]]);
    await assertAccessible(settings);
  });

  it('erases only after saying what would be lost', async () => {
    const settings = await show(offlineState());
    settings.shadowRoot?.querySelector<HTMLElement>('.erase')?.click();
    assert.isEmpty(intents);
    const dialog = settings.shadowRoot?.querySelector('dialog');
    assert.isTrue(dialog?.open);
    assert.include(dialog?.textContent, '3\u00a0envois ne sont pas encore partis');
    await assertAccessible(settings);
    dialog?.querySelector<HTMLElement>('.confirm')?.click();
    dialog?.querySelector<HTMLElement>('.confirm')?.click();
    assert.deepEqual(intents, [{ do: 'erase' }], 'once');
  });

  it('is accessible', async () => {
    await assertAccessible(await show());
    await assertAccessible(await show(offlineState(), 'denied'));
  });
});

describe('<comptoir-desk-keys>', () => {
  it('opens, closes by the key that opened it, and is accessible', async () => {
    const keys = await fixture<ComptoirDeskKeys>(
      html`<comptoir-desk-keys .singleKeys=${false}></comptoir-desk-keys>`,
    );
    keys.show();
    assert.isTrue(keys.open);
    assert.include(keys.shadowRoot?.textContent, 'désactivés');
    await assertAccessible(keys);
    keys.shadowRoot
      ?.querySelector('dialog')
      ?.dispatchEvent(new KeyboardEvent('keydown', { key: '?' }));
    assert.isFalse(keys.open);
  });
});
