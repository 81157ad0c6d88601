import { assert } from '@open-wc/testing';
import { type DeskCommand, commandOf } from './desk-command.ts';

const free = { singleKeys: true, dialog: false };

/** The command of a key pressed on an element, as a listener on the window sees it. */
function press(target: EventTarget, init: KeyboardEventInit, situation = free): DeskCommand | null {
  let found: DeskCommand | null = null;
  const listen = (event: KeyboardEvent): void => {
    found = commandOf(event, situation);
  };
  addEventListener('keydown', listen, { once: true });
  target.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, composed: true, ...init }));
  return found;
}

describe('keys of the desk', () => {
  it('has one for everything', () => {
    const keys = 'jkntrc123/?'.split('');
    const commands = keys.map((key) => press(document.body, { key }));
    assert.deepEqual(commands, [
      'next', 'previous', 'next-waiting', 'claim', 'release', 'close',
      'tab-waiting', 'tab-mine', 'tab-closed', 'canned', 'help',
    ]); // prettier-ignore
    assert.equal(press(document.body, { key: 'J' }), 'next', 'with caps lock');
  });

  it('never fires while somebody types, in whatever shadow root', () => {
    const host = document.createElement('div');
    document.body.append(host);
    const root = host.attachShadow({ mode: 'open' });
    for (const field of ['input', 'textarea', 'select']) {
      const element = document.createElement(field);
      root.append(element);
      assert.isNull(press(element, { key: 'c' }), field);
      assert.equal(press(element, { key: 'Escape' }), 'back', field);
    }
    const box = document.createElement('input');
    box.type = 'checkbox';
    root.append(box);
    assert.equal(press(box, { key: 'c' }), 'close');
    host.remove();
  });

  it('leaves the browser its own: with Ctrl, AltGr, Meta, while composing, in dialogs', () => {
    for (const init of [
      { ctrlKey: true },
      { ctrlKey: true, altKey: true },
      { altKey: true, modifierAltGraph: true },
      { metaKey: true },
      { isComposing: true },
    ])
      assert.isNull(press(document.body, { key: 'r', ...init }), JSON.stringify(init));
    assert.isNull(press(document.body, { key: 'Escape', altKey: true }));
    assert.isNull(press(document.body, { key: 't' }, { ...free, dialog: true }));
  });

  it('works in fields with Alt held down, whether or not single keys are on', () => {
    const field = document.createElement('textarea');
    document.body.append(field);
    for (const situation of [free, { ...free, singleKeys: false }]) {
      assert.equal(press(field, { key: 't', altKey: true }, situation), 'claim');
      assert.equal(press(field, { key: '/', altKey: true, shiftKey: true }, situation), 'canned');
    }
    assert.isNull(press(field, { key: 'x', altKey: true }));
    field.remove();
  });

  it('finds the digits by their place on a French keyboard', () => {
    assert.equal(press(document.body, { key: '&', code: 'Digit1' }), 'tab-waiting');
    assert.equal(press(document.body, { key: 'é', code: 'Digit2' }), 'tab-mine');
    assert.equal(press(document.body, { key: '"', code: 'Digit3' }), 'tab-closed');
  });

  it('works wherever one cannot type', () => {
    for (const type of ['checkbox', 'color', 'file', 'radio', 'range', 'button']) {
      const input = document.createElement('input');
      input.type = type;
      document.body.append(input);
      assert.equal(press(input, { key: 'c' }), 'close', type);
      input.remove();
    }
    const shown = document.createElement('input');
    shown.readOnly = true;
    document.body.append(shown);
    assert.equal(press(shown, { key: 'c' }), 'close');
    shown.remove();
  });

  it('does not act twice for a key held down, but goes on moving', () => {
    assert.isNull(press(document.body, { key: 't', repeat: true }));
    assert.equal(press(document.body, { key: 'j', repeat: true }), 'next');
  });

  it('can be turned off; Escape stays', () => {
    const off = { ...free, singleKeys: false };
    assert.isNull(press(document.body, { key: '?' }, off));
    assert.equal(press(document.body, { key: 'Escape' }, off), 'back');
  });
});
