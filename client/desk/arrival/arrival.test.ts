import { assert, fixture, html, oneEvent } from '@open-wc/testing';
import type { DeskAccess } from '../../store/desk/entrance/entrance.ts';
import type { DeskIntentEvent } from '../desk-intent.ts';
import { assertAccessible } from '../testing/accessible.ts';
import { AT, deskState, fixtureStore } from '../testing/desk-fixtures.ts';
import './arrival.ts';
import type { ComptoirDeskArrival } from './arrival.ts';

type Invited = Extract<DeskAccess, { status: 'invited' }>;
const invited = (given: Partial<Invited> = {}): Invited => ({
  status: 'invited',
  invitation: { role: 'helper', expires: AT + 86_400_000, name: '', by: '', places: [] },
  problem: null,
  busy: false,
  ...given,
});
const show = (access: DeskAccess, language = 'fr'): Promise<ComptoirDeskArrival> =>
  fixture(
    html`<comptoir-desk-arrival
      .state=${deskState({ access })}
      .language=${language}
    ></comptoir-desk-arrival>`,
  );
const words = (element: Element): string =>
  element.shadowRoot?.textContent?.replace(/\s+/g, ' ') ?? '';

describe('<comptoir-desk-arrival>', () => {
  it('says as what one is invited, and joins under a name', async () => {
    const arrival = await show(invited());
    assert.include(words(arrival), 'comme aide');
    const input = arrival.shadowRoot?.querySelector('input');
    if (!input) throw new Error('no field');
    input.value = '  Yann ';
    setTimeout(() => arrival.shadowRoot?.querySelector('form')?.requestSubmit());
    const event = (await oneEvent(arrival, 'comptoir-desk-intent')) as DeskIntentEvent;
    assert.deepEqual(event.intent, { do: 'redeem', name: 'Yann' });
  });

  it('names the shop and whoever invited, where they are known', async () => {
    const expires = AT + 86_400_000;
    const places = [{ fr: 'Le Comptoir du bricolage', en: 'The DIY counter' }, {}];
    const invitation = { role: 'helper', expires, name: '', by: 'Solène', places };
    const arrival = await show(invited({ invitation }));
    assert.equal(
      arrival.shadowRoot?.querySelector('.places')?.textContent,
      'Le Comptoir du bricolage',
    );
    assert.include(words(arrival), 'Solène vous invite à répondre aux visiteurs comme aide.');
    await assertAccessible(arrival);
    const english = await show(invited({ invitation }), 'en');
    assert.include(words(english), 'The DIY counter');
    assert.include(words(english), 'Solène invites you to answer visitors as a helper.');
    const unknown = await show(invited());
    assert.isNull(unknown.shadowRoot?.querySelector('.places') ?? null);
    assert.include(words(unknown), 'On vous invite à répondre');
    assert.include(words(await show(invited(), 'en')), 'You are invited to answer');
  });

  it('welcomes somebody back by their name', async () => {
    const expires = AT + 86_400_000;
    const invitation = { role: 'staff', expires, name: 'Maud', by: 'Solène', places: [] };
    const arrival = await show(invited({ invitation }), 'en');
    assert.include(words(arrival), 'Welcome back, Maud');
    assert.equal(arrival.shadowRoot?.querySelector('input')?.value, 'Maud');
    await assertAccessible(arrival);
    assert.include(words(await show(invited({ invitation }))), 'Bon retour, Maud');
  });

  it('asks for the name that is missing, and puts the focus there', async () => {
    const arrival = await show(invited());
    let intended = false;
    arrival.addEventListener('comptoir-desk-intent', () => (intended = true));
    arrival.shadowRoot?.querySelector('form')?.requestSubmit();
    await arrival.updateComplete;
    assert.isFalse(intended);
    assert.include(words(arrival), 'Choisissez un nom');
    assert.equal(arrival.shadowRoot?.activeElement?.id, 'name');
  });

  it('says why an invitation does not open, each in its own words', async () => {
    assert.include(words(await show(invited({ problem: 'used' }))), 'déjà servi');
    assert.include(words(await show(invited({ problem: 'expired' }), 'en')), 'has expired');
    assert.include(words(await show(invited({ problem: 'unknown' }))), 'n’existe pas');
    assert.include(words(await show(invited({ problem: 'blocked' }))), 'bloqué');
    const offline = await show(invited({ problem: 'offline', invitation: null }));
    setTimeout(() => offline.shadowRoot?.querySelector<HTMLElement>('.button')?.click());
    const event = (await oneEvent(offline, 'comptoir-desk-intent')) as DeskIntentEvent;
    assert.deepEqual(event.intent, { do: 'look-again' });
  });

  it('tells a stranger where an invitation comes from', async () => {
    assert.include(words(await show({ status: 'outside' }, 'en')), 'You need an invitation');
  });

  it('offers to join by a code of another device, and uses the one of the address', async () => {
    const outside = await show({ status: 'outside' });
    const { devices: acts, calls } = fixtureStore(deskState());
    outside.devices = acts;
    assert.isNull(
      outside.shadowRoot?.querySelector('comptoir-devices')?.shadowRoot?.querySelector('.add'),
    );
    outside.code = 'ABCD234567';
    await outside.updateComplete;
    const devices = outside.shadowRoot?.querySelector('comptoir-devices');
    await devices?.updateComplete;
    assert.equal(devices?.shadowRoot?.querySelector('input')?.value, 'ABCD234567');
    await assertAccessible(outside);
    assert.isEmpty(calls, 'it asks first');
    devices?.shadowRoot?.querySelector<HTMLElement>('.primary')?.click();
    assert.deepEqual(calls, [['join', 'ABCD234567']]);
  });

  it('says until when somebody is blocked, not that it is over', async () => {
    const state = deskState({
      access: { status: 'outside', ended: true },
      network: { type: 'blocked', until: new Date(2026, 9, 3, 14, 2).getTime() },
    });
    const arrival = await fixture<ComptoirDeskArrival>(
      html`<comptoir-desk-arrival .state=${state}></comptoir-desk-arrival>`,
    );
    assert.include(words(arrival), 'jusqu’au 3 oct.');
    assert.notInclude(words(arrival), 'terminée');
    await assertAccessible(arrival);
  });

  it('says that one’s place has ended', async () => {
    const arrival = await show({ status: 'outside', ended: true });
    assert.include(words(arrival), 'Votre place au comptoir est terminée');
    await assertAccessible(arrival);
  });

  for (const why of ['removed', 'other-member', 'signed-out'] as const) {
    it(`says why this device holds nothing any more, and starts again: ${why}`, async () => {
      const arrival = await fixture<ComptoirDeskArrival>(
        html`<comptoir-desk-arrival
          .state=${deskState({ network: { type: 'ended', why } })}
        ></comptoir-desk-arrival>`,
      );
      assert.include(words(arrival), 'gardait ici est effacé');
      await assertAccessible(arrival);
      setTimeout(() => arrival.shadowRoot?.querySelector<HTMLElement>('.again')?.click());
      const event = (await oneEvent(arrival, 'comptoir-desk-intent')) as DeskIntentEvent;
      assert.deepEqual(event.intent, { do: 'reload' });
    });
  }

  for (const [name, access] of [
    ['loading', { status: 'loading' }],
    ['outside', { status: 'outside' }],
    ['invited', invited()],
    ['busy', invited({ busy: true })],
    ['checking', invited({ busy: true, invitation: null })],
    ['used', invited({ problem: 'used', invitation: null })],
    ['blocked', invited({ problem: 'blocked' })],
    ['offline', invited({ problem: 'offline' })],
  ] as const) {
    it(`is accessible: ${name}`, async () => assertAccessible(await show(access)));
  }

  it('is accessible: no desk in this browser', async () => {
    const arrival = await fixture<ComptoirDeskArrival>(
      html`<comptoir-desk-arrival .failure=${'unsupported'}></comptoir-desk-arrival>`,
    );
    assert.include(words(arrival), 'ne convient pas');
    await assertAccessible(arrival);
  });
});
