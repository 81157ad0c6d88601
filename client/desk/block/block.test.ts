import { assert, fixture, html, oneEvent } from '@open-wc/testing';
import type { DeskState } from '../../store/desk/desk-state.ts';
import type { DeskIntentEvent } from '../desk-intent.ts';
import { assertAccessible } from '../testing/accessible.ts';
import { AT, managerState } from '../testing/desk-fixtures.ts';
import './block.ts';
import type { ComptoirDeskBlock } from './block.ts';

async function open(state = managerState(), language = 'fr'): Promise<ComptoirDeskBlock> {
  const block = await fixture<ComptoirDeskBlock>(
    html`<comptoir-desk-block .state=${state} .language=${language}></comptoir-desk-block>`,
  );
  block.show(true);
  await block.updateComplete;
  return block;
}
const blocking = (given: Partial<NonNullable<DeskState['blocking']>>): DeskState => {
  const state = managerState();
  return { ...state, blocking: state.blocking && { ...state.blocking, ...given } };
};
const all = <Found extends HTMLElement = HTMLElement>(
  block: ComptoirDeskBlock,
  selector: string,
): Found[] => Array.from(block.shadowRoot?.querySelectorAll<Found>(selector) ?? []);
const words = (block: ComptoirDeskBlock, selector = 'dialog'): string =>
  all(block, selector)[0]?.textContent.replaceAll(/\s+/g, ' ').trim() ?? '';
async function intentOf(block: ComptoirDeskBlock, act: () => void): Promise<unknown> {
  setTimeout(act);
  return ((await oneEvent(block, 'comptoir-desk-intent')) as DeskIntentEvent).intent;
}
const confirm = (block: ComptoirDeskBlock): Promise<unknown> =>
  intentOf(block, () => all(block, '.danger')[0]?.click());
async function choose(block: ComptoirDeskBlock, value: string): Promise<void> {
  all<HTMLInputElement>(block, `input[value="${value}"]`)[0]?.click();
  await block.updateComplete;
}

describe('<comptoir-desk-block>', () => {
  it('blocks the person for a day, unless another choice is made', async () => {
    const block = await open();
    const member = 'M'.repeat(22);
    assert.deepEqual(await confirm(block), {
      do: 'block',
      draft: { whom: { member }, reason: '', hours: 24 },
    });
    await choose(block, 'device');
    await choose(block, '');
    const [reason] = all<HTMLInputElement>(block, '.input');
    if (reason) reason.value = ' insultes ';
    reason?.dispatchEvent(new Event('input'));
    assert.deepEqual(await confirm(block), {
      do: 'block',
      draft: { whom: { device: 'D'.repeat(43) }, reason: 'insultes' },
    });
    await choose(block, 'network');
    await choose(block, '1');
    assert.deepEqual(await confirm(block), {
      do: 'block',
      draft: { whom: { addressesOf: member }, reason: 'insultes', hours: 1 },
    });
  });

  it('says beforehand how many others a network block touches, and that helpers go on', async () => {
    const told = words(await open(), '#hint-network');
    assert.match(
      told,
      /^3.autres personnes ont écrit depuis ce réseau cette semaine et seraient bloquées/,
    );
    assert.include(told, 'Les aides de ce réseau peuvent continuer.');
    for (const [others, what] of [
      [0, 'Personne d’autre'],
      [1, /^1.autre personne a écrit/],
      [null, 'On ne sait pas combien'],
    ] as const)
      assert.match(
        words(await open(blocking({ reach: { networks: 1, others, spared: 0 } })), '#hint-network'),
        new RegExp(what),
      );
    assert.include(words(await open(blocking({ reach: null })), '#hint-network'), 'On compte');
  });

  it('offers no network where none is remembered, and chooses none behind the back', async () => {
    const block = await open();
    await choose(block, 'network');
    block.state = blocking({ reach: { networks: 0, others: 0, spared: 0 } });
    await block.updateComplete;
    const [member, , network] = all<HTMLInputElement>(block, '[name=whom]');
    assert.deepEqual([member?.checked, network?.checked, network?.disabled], [true, false, true]);
    assert.include(words(block, '#hint-network'), 'Aucune adresse n’est gardée');
  });

  it('says why it could not be done, stays, and acts once at a time', async () => {
    const block = await open(blocking({ problem: 'offline', reach: null }));
    assert.include(words(block, '[role=alert]'), 'Il faut être en ligne');
    assert.isTrue(block.open);
    block.state = blocking({ problem: 'not-an-image' });
    await block.updateComplete;
    assert.include(words(block, '[role=alert]'), 'Cela n’a pas abouti');
    block.state = blocking({ busy: true });
    await block.updateComplete;
    let acts = 0;
    block.addEventListener('comptoir-desk-intent', () => acts++);
    all(block, '.danger')[0]?.click();
    assert.equal(acts, 0);
  });

  it('lists what holds, and lifts it', async () => {
    const held = { reason: 'insultes', created: AT, expires: null };
    const state = blocking({
      held: [
        { id: 'a', subject: 'member', shown: 'M'.repeat(22), ...held },
        { id: 'b', subject: 'address', shown: 'IPv4 /32', ...held, expires: AT },
      ],
    });
    const block = await open(state);
    assert.match(words(block, '.held'), /2.blocages en cours/);
    assert.match(words(block, '.held li'), /Personne Visiteur sans limite · insultes/);
    assert.include(words(block, '.held li + li'), 'Réseau IPv4 /32 jusqu’au 14 oct. 14:31');
    assert.deepEqual(await intentOf(block, () => all(block, '.held .button')[1]?.click()), {
      do: 'lift',
      blocks: ['b'],
    });
  });

  it('stays about the same person while another conversation opens behind it', async () => {
    const block = await open();
    const state = managerState();
    block.state = { ...state, ids: state.ids && { ...state.ids, member: null, device: null } };
    await block.updateComplete;
    const { draft } = (await confirm(block)) as { draft: { whom: object } };
    assert.deepEqual(draft.whom, { member: 'M'.repeat(22) });
  });

  it('closes by Escape alone, and leaves the desk where it is', async () => {
    const block = await open();
    let heard = 0;
    block.addEventListener('keydown', () => heard++);
    all(block, 'dialog')[0]?.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true }),
    );
    assert.equal(heard, 0);
    block.show(false);
    assert.isFalse(block.open);
  });

  for (const language of ['fr', 'en'])
    it(`is accessible: ${language}`, async () => {
      const held = [
        {
          id: 'a',
          subject: 'device' as const,
          shown: 'X'.repeat(43),
          reason: '',
          created: AT,
          expires: AT,
        },
      ];
      await assertAccessible(await open(blocking({ held, problem: 'forbidden' }), language));
    });
});
