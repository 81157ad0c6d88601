import { expect, fixture, html } from '@open-wc/testing';
import type { ThreadItem } from '../../store/conversation/thread-state.ts';
import { eventOf } from '../../testing/event-of.ts';
import { longThread, maud, said, threadOf, visitor } from '../../testing/fixtures.ts';
import '../thread/comptoir-thread.ts';
import type { ComptoirThread } from '../thread/comptoir-thread.ts';

const items = (): ThreadItem[] => [
  said(visitor, 'Une question', 9, { id: 'question' }),
  said(maud, 'Une réponse', 8, { id: 'answer' }),
  said(visitor, 'Merci', 7, { id: 'thanks' }),
];

async function show(given: readonly ThreadItem[] = items()): Promise<ComptoirThread> {
  const box = await fixture(html`<div><comptoir-thread quotable></comptoir-thread></div>`);
  const thread = box.querySelector('comptoir-thread') as ComptoirThread;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(':host { block-size: 400px; inline-size: 360px; }');
  const root = thread.shadowRoot as ShadowRoot;
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  thread.thread = threadOf(given);
  await thread.updateComplete;
  return thread;
}

const rootOf = (thread: ComptoirThread): ShadowRoot => thread.shadowRoot as ShadowRoot;
const all = (thread: ComptoirThread, selector: string): HTMLElement[] =>
  Array.from(rootOf(thread).querySelectorAll<HTMLElement>(selector));
const focused = (thread: ComptoirThread): Element | null => rootOf(thread).activeElement;
const choices = (thread: ComptoirThread): string[] =>
  all(thread, '[role=menuitem]').map(({ innerText }) => innerText.trim());
const button = (thread: ComptoirThread, id: string): HTMLElement =>
  all(thread, '.more-of').find(
    (one) => one.getAttribute('aria-describedby') === `words-${id}`,
  ) as HTMLElement;
const bubble = (thread: ComptoirThread, id: string): HTMLElement =>
  all(thread, `[data-message=${id}]`)[0] as HTMLElement;

/** Opens a message's menu and waits until it has the focus. */
async function open(thread: ComptoirThread, id: string): Promise<void> {
  button(thread, id).click();
  await thread.updateComplete;
  await thread.updateComplete;
}

async function press(thread: ComptoirThread, key: string): Promise<KeyboardEvent> {
  const event = new KeyboardEvent('keydown', {
    key,
    bubbles: true,
    cancelable: true,
    composed: true,
  });
  focused(thread)?.dispatchEvent(event);
  await thread.updateComplete;
  return event;
}

const pointer = (name: string, more: PointerEventInit = {}): PointerEvent =>
  new PointerEvent(name, {
    pointerType: 'touch',
    isPrimary: true,
    bubbles: true,
    composed: true,
    cancelable: true,
    clientX: 100,
    clientY: 100,
    ...more,
  });

describe('the menu of a message', () => {
  it('offers what can be done with it', async () => {
    const thread = await show([
      ...items(),
      said(visitor, 'Attend', 6, { id: 'held', delivery: { type: 'held' } }),
      said(visitor, 'Non', 5, { id: 'refused', delivery: { type: 'refused', code: 'full' } }),
    ]);
    const offered: Record<string, string[]> = {};
    for (const id of ['answer', 'thanks', 'held', 'refused']) {
      await open(thread, id);
      offered[id] = choices(thread);
    }
    expect(offered).to.deep.equal({
      answer: ['Répondre', 'Copier le texte'],
      thanks: ['Répondre', 'Copier le texte', 'Retirer'],
      held: ['Copier le texte', 'Retirer'],
      refused: ['Copier le texte'],
    });
    thread.quotable = false;
    await open(thread, 'answer');
    expect(choices(thread)).to.deep.equal(['Copier le texte']);
    thread.locale = 'en';
    await thread.updateComplete;
    expect(choices(thread)).to.deep.equal(['Copy text']);
    await expect(thread).shadowDom.to.be.accessible();
  });

  it('is opened, walked and left by the keyboard, which ends where it began', async () => {
    const thread = await show();
    const opener = button(thread, 'thanks');
    expect(opener.tabIndex).to.equal(0);
    opener.focus();
    await press(thread, 'ArrowDown');
    await thread.updateComplete;
    const [quote, copy, withdraw] = all(thread, '[role=menuitem]');
    expect(focused(thread)).to.equal(quote);
    expect(opener.getAttribute('aria-expanded')).to.equal('true');
    const walked: (Element | null)[] = [];
    for (const key of ['ArrowDown', 'End', 'ArrowDown', 'ArrowUp', 'Home']) {
      await press(thread, key);
      walked.push(focused(thread));
    }
    expect(walked).to.deep.equal([copy, withdraw, quote, withdraw, quote]);
    const outside: Event[] = [];
    thread.addEventListener('keydown', (event) => outside.push(event));
    expect((await press(thread, 'Escape')).defaultPrevented).to.equal(true);
    expect(outside, 'nothing else closes').to.deep.equal([]);
    expect(all(thread, '.menu')).to.deep.equal([]);
    expect(focused(thread)).to.equal(opener);
    await open(thread, 'thanks');
    expect((await press(thread, 'Tab')).defaultPrevented).to.equal(false);
    expect([all(thread, '.menu').length, focused(thread)]).to.deep.equal([0, opener]);
  });

  it('is one stop for Tab in the thread, from which Page Up and Page Down go to the others', async () => {
    const thread = await show();
    const stops = (): (string | null)[] =>
      all(thread, '.more-of[tabindex="0"]').map((one) => one.getAttribute('aria-describedby'));
    expect(stops()).to.deep.equal(['words-thanks']);
    button(thread, 'thanks').focus();
    await press(thread, 'PageUp');
    expect(focused(thread)).to.equal(button(thread, 'answer'));
    expect(stops()).to.deep.equal(['words-answer']);
    await press(thread, 'PageDown');
    expect(stops()).to.deep.equal(['words-thanks']);
  });

  it('closes by its button, by a press beside it, by scrolling, and when its message is gone', async () => {
    const thread = await show(longThread(60));
    const [first, last] = [all(thread, '.more-of')[0], all(thread, '.more-of').at(-1)];
    const isOpen = async (): Promise<boolean> => {
      await thread.updateComplete;
      return all(thread, '.menu').length > 0;
    };
    last?.click();
    expect(await isOpen()).to.equal(true);
    last?.click();
    expect(await isOpen()).to.equal(false);
    last?.click();
    await isOpen();
    all(thread, '.menu')[0]?.dispatchEvent(pointer('pointerdown'));
    expect(await isOpen()).to.equal(true);
    first?.dispatchEvent(pointer('pointerdown'));
    expect(await isOpen()).to.equal(false);
    last?.click();
    await isOpen();
    const scroller = all(thread, '.scroll')[0] as HTMLElement;
    const scrolled = eventOf(scroller, 'scroll');
    scroller.scrollTop = -50;
    await scrolled;
    expect(await isOpen()).to.equal(false);
    scroller.scrollTop = 0;
    last?.click();
    await isOpen();
    thread.thread = threadOf((thread.thread?.items ?? []).slice(0, -1));
    expect(await isOpen()).to.equal(false);
  });

  it('stays within the thread, wherever its message stands', async () => {
    const thread = await show(longThread(60));
    const box = thread.getBoundingClientRect();
    for (const one of [all(thread, '.more-of').at(-1), all(thread, '.more-of').at(-4)]) {
      one?.click();
      await thread.updateComplete;
      const menu = all(thread, '.menu')[0]?.getBoundingClientRect() as DOMRect;
      for (const [side, from, to] of [
        ['left', box.left, menu.left],
        ['right', menu.right, box.right],
        ['top', box.top, menu.top],
        ['bottom', menu.bottom, box.bottom],
      ] as const)
        expect(to, side).to.be.at.least(from);
    }
  });

  it('withdraws when that is chosen twice', async () => {
    const thread = await show();
    const withdrawn: string[] = [];
    thread.addEventListener('comptoir-withdraw', (event) => withdrawn.push(event.messageId));
    await open(thread, 'thanks');
    const choose = async (): Promise<void> => {
      all(thread, '[data-item=withdraw]')[0]?.click();
      await thread.updateComplete;
    };
    await choose();
    expect([withdrawn, choices(thread)[2]]).to.deep.equal([[], 'Retirer\u202f?']);
    await expect(thread).shadowDom.to.be.accessible();
    await choose();
    expect([withdrawn, all(thread, '.menu').length]).to.deep.equal([['thanks'], 0]);
    await open(thread, 'thanks');
    await choose();
    await press(thread, 'Escape');
    await open(thread, 'thanks');
    expect(choices(thread)[2], 'asked anew').to.equal('Retirer');
  });

  it('copies a text as it was written, and says so, or that the page does not allow it', async () => {
    const thread = await show([said(maud, 'Où\u00a0? Là !\nhttps://a.fr', 1, { id: 'text' })]);
    const copied: string[] = [];
    let allowed = true;
    const before = Object.getOwnPropertyDescriptor(navigator, 'clipboard');
    Object.defineProperty(navigator, 'clipboard', {
      configurable: true,
      value: {
        writeText: async (text: string) => {
          if (!allowed) throw new DOMException('no', 'NotAllowedError');
          copied.push(text);
        },
      },
    });
    try {
      const copy = async (): Promise<string> => {
        await open(thread, 'text');
        all(thread, '[data-item=copy]')[0]?.click();
        await Promise.resolve();
        await thread.updateComplete;
        return all(thread, '.told')[0]?.innerText ?? '';
      };
      expect(await copy()).to.equal('Texte copié');
      expect(copied).to.deep.equal(['Où\u00a0? Là !\nhttps://a.fr']);
      allowed = false;
      expect(await copy()).to.contain('ne permet pas');
    } finally {
      if (before) Object.defineProperty(navigator, 'clipboard', before);
      else Reflect.deleteProperty(navigator, 'clipboard');
    }
  });
});

describe('a long press on a message', () => {
  const isOpen = (thread: ComptoirThread): boolean => all(thread, '.menu').length > 0;

  it('opens its menu, as Android tells of it or after a while', async () => {
    const thread = await show();
    bubble(thread, 'thanks').dispatchEvent(pointer('pointerdown'));
    const menu = pointer('contextmenu');
    bubble(thread, 'thanks').dispatchEvent(menu);
    await thread.updateComplete;
    expect([menu.defaultPrevented, choices(thread).length]).to.deep.equal([true, 3]);
    await press(thread, 'Escape');
    const { promise, resolve } = Promise.withResolvers<void>();
    const changed = new MutationObserver(() => isOpen(thread) && resolve());
    changed.observe(rootOf(thread), { childList: true, subtree: true });
    bubble(thread, 'answer').dispatchEvent(pointer('pointerdown'));
    await promise;
    changed.disconnect();
    expect(choices(thread)).to.deep.equal(['Répondre', 'Copier le texte']);
    bubble(thread, 'answer').dispatchEvent(pointer('pointerup'));
    expect(isOpen(thread), 'also once the finger is lifted').to.equal(true);
  });

  it('is none by a mouse, on a link, by a second finger, nor once the finger moves or lifts', async () => {
    const text = said(maud, 'Voir https://a.fr', 1, { id: 'link' });
    const thread = await show([...items(), text]);
    const on = bubble(thread, 'thanks');
    const link = all(thread, 'a')[0] as HTMLElement;
    const kept = async (at: HTMLElement, down: PointerEventInit, then?: PointerEvent) => {
      at.dispatchEvent(pointer('pointerdown', down));
      if (then) at.dispatchEvent(then);
      const menu = pointer('contextmenu');
      at.dispatchEvent(menu);
      await thread.updateComplete;
      return menu.defaultPrevented || isOpen(thread);
    };
    expect(await kept(on, { pointerType: 'mouse' })).to.equal(false);
    expect(await kept(on, { isPrimary: false })).to.equal(false);
    expect(await kept(link, {})).to.equal(false);
    for (const end of ['pointerup', 'pointercancel'])
      expect(await kept(on, {}, pointer(end)), end).to.equal(false);
    expect(await kept(on, {}, pointer('pointermove', { clientY: 120 }))).to.equal(false);
    expect(await kept(on, {}, pointer('pointermove', { clientY: 104 })), 'it trembles').to.equal(
      true,
    );
  });
});

describe('a message that answers another', () => {
  const quoted = { type: 'message', id: 'question', mine: true, from: visitor } as const;

  it('shows who said what, or that it is gone, and nothing of what is gone', async () => {
    const thread = await show([
      said(visitor, 'Une question', 9, { id: 'question' }),
      said(maud, 'Oui', 8, { quoted: { ...quoted, text: '<b>Une</b> question' } }),
      said(maud, 'Non', 7, { quoted: { type: 'withdrawn' } }),
      said(maud, 'Quoi', 6, { quoted: { type: 'absent' } }),
    ]);
    const heard = (): string[] =>
      all(thread, '.quoted').map((one) => {
        const copy = one.cloneNode(true) as HTMLElement;
        for (const hidden of copy.querySelectorAll('[aria-hidden]')) hidden.remove();
        return copy.textContent.replaceAll(/[ \n]+/g, ' ').trim();
      });
    expect(heard()).to.deep.equal([
      'En réponse à Vous\u00a0: <b>Une</b> question',
      'En réponse à\u00a0: Message retiré',
      'En réponse à\u00a0: Message indisponible',
    ]);
    expect(all(thread, '.quoted b')[0]?.innerText).to.equal('Vous');
    expect(all(thread, '.quoted').map(({ localName }) => localName)).to.deep.equal([
      'button',
      'span',
      'span',
    ]);
    await expect(thread).shadowDom.to.be.accessible();
    thread.locale = 'en';
    await thread.updateComplete;
    expect(heard().slice(0, 2)).to.deep.equal([
      'In reply to You: <b>Une</b> question',
      'In reply to: Message withdrawn',
    ]);
  });

  it('leads to it, however far up, marks it for a moment, and moves nothing around the thread', async () => {
    const long = longThread(400);
    const target = long[20] as ThreadItem & { type: 'message' };
    const answer = said(maud, 'Oui', 0, { quoted: { ...quoted, id: target.id, text: '…' } });
    const thread = await show([...long, answer]);
    expect(bubble(thread, target.id)).to.equal(undefined);
    const pageTop = scrollY;
    const focus = eventOf(rootOf(thread) as unknown as HTMLElement, 'focusin');
    all(thread, '.quoted')[0]?.click();
    await focus;
    const at = bubble(thread, target.id);
    expect(focused(thread)).to.equal(at);
    expect(at.classList.contains('marked')).to.equal(true);
    const [box, place] = [thread.getBoundingClientRect(), at.getBoundingClientRect()];
    expect(place.top).to.be.within(box.top, box.bottom - place.height);
    expect(scrollY).to.equal(pageTop);
    at.dispatchEvent(new AnimationEvent('animationend'));
    await thread.updateComplete;
    expect(at.classList.contains('marked')).to.equal(false);
  });
});
