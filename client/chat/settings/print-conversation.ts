/**
 * Prints a conversation alone, all of it, whatever part of it the screen holds. It is laid out in a frame of
 * its own: nothing of the page's styles reaches it, nor is anything on the page changed.
 */
import { page } from '../../signals/page.ts';
import type { CommonWords } from '../../locales/common-fr.ts';
import { once } from '../../locales/format.ts';
import type { SettingsWords } from '../../locales/settings-fr.ts';
import type { ThreadMessage, ThreadState } from '../../store/conversation/thread-state.ts';
import text from './print-styles.css?inline';

type Words = CommonWords & SettingsWords;

const day = once((lang) => new Intl.DateTimeFormat(lang, { dateStyle: 'long' }));
const moment = once(
  (lang) => new Intl.DateTimeFormat(lang, { dateStyle: 'medium', timeStyle: 'short' }),
);

/** @param print what is done with the frame. @default the browser's dialog */
export function printConversation(
  thread: ThreadState,
  words: Words,
  print: (paper: Window) => void = (paper) => paper.print(),
): void {
  const frame = document.createElement('iframe');
  frame.setAttribute('aria-hidden', 'true');
  frame.tabIndex = -1;
  // In the document, or there is nothing to print; without a place on the page.
  const away = { position: 'fixed', 'inline-size': '0', 'block-size': '0', border: '0' };
  for (const [name, value] of Object.entries({ ...away, visibility: 'hidden' }))
    frame.style.setProperty(name, value, 'important');
  // Firefox puts its blank document in late, and nothing put in before stays.
  frame.onload = () => {
    frame.onload = null;
    const paper = frame.contentWindow;
    if (!paper) return;
    layOut(paper, thread, words);
    paper.addEventListener('afterprint', () => frame.remove());
    print(paper);
  };
  Element.prototype.append.call(page.document.documentElement, frame);
}

function layOut(paper: Window, thread: ThreadState, words: Words): void {
  const { document: sheet } = paper;
  const { CSSStyleSheet: Sheet } = paper as Window & typeof globalThis;
  const style = new Sheet();
  style.replaceSync(text);
  sheet.adoptedStyleSheets = [style];
  sheet.documentElement.lang = words.lang;
  sheet.title = thread.title || page.document.title;
  const made = (tag: string, what: string, ...children: (Node | string)[]): HTMLElement => {
    const element = sheet.createElement(tag);
    element.className = what;
    element.append(...children);
    return element;
  };
  const item = (message: ThreadMessage): HTMLElement => {
    const { mine, from, time, delivery } = message;
    const name = mine ? words.you : from.name || words.nameless;
    const role = mine || from.role === 'visitor' ? '' : `, ${words.roles[from.role]}`;
    const unsent = delivery && !['received', 'read'].includes(delivery.type);
    const when = `${moment(words.lang).format(time)}${unsent ? ` · ${words.notSent}` : ''}`;
    const said = made('p', 'text', message.text);
    said.dir = 'auto';
    const who = made('p', 'who', made('b', '', name), role, ' ', made('small', '', when));
    return made('li', '', who, said);
  };
  const messages = thread.items.filter((each) => each.type === 'message');
  const where = `${page.location.host} · ${words.printed(day(words.lang).format(Date.now()))}`;
  sheet.body.append(
    made('header', '', made('h1', '', thread.title || page.document.title), made('p', '', where)),
    made('ol', '', ...messages.map(item)),
  );
}
