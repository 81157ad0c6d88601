/** In which order the inbox shows conversations, which of them, and what belongs together. */
import type { AskSummary, DeskState } from '../../store/desk/desk-state.ts';
import type { InboxChoice, InboxSort } from '../../store/desk/list/inbox-choice.ts';
import { holdsAll, plainWords } from '../../store/desk/list/plain-words.ts';
import { pageName } from '../page-name.ts';

/** What one person asked, in the place of the first of it. */
export interface PersonRows {
  readonly key: string;
  readonly asks: readonly [AskSummary, ...AskSummary[]];
}

export function inboxRows(
  asks: readonly AskSummary[],
  choice: InboxChoice,
  search: DeskState['search'],
): readonly PersonRows[] {
  const words = plainWords(search.text);
  const shown = asks.filter(
    (ask) =>
      (choice.page === '' || pageName(ask.page) === choice.page) &&
      (!choice.unread || ask.unread) &&
      (words.length === 0 || search.inside.has(ask.id) || holdsAll(plainOf(ask), words)),
  );
  return byPerson(sorted(shown, choice.sort));
}

function sorted(asks: readonly AskSummary[], sort: InboxSort): readonly AskSummary[] {
  switch (sort) {
    case 'list':
      return asks;
    case 'turned':
      return asks.toReversed();
    case 'page':
      return asks.toSorted((a, b) => pageName(a.page).localeCompare(pageName(b.page)));
  }
}

function byPerson(asks: readonly AskSummary[]): readonly PersonRows[] {
  const people = new Map<string, [AskSummary, ...AskSummary[]]>();
  for (const ask of asks) {
    const there = people.get(ask.asker.member);
    if (there) there.push(ask);
    else people.set(ask.asker.member, [ask]);
  }
  return Array.from(people, ([key, those]) => ({ key, asks: those }));
}

/** The pages that were asked from, by name, and `also` that one. */
export const pagesOf = (asks: readonly AskSummary[], also: string): readonly string[] =>
  Array.from(new Set([also, ...asks.map(({ page }) => pageName(page))]))
    .filter((name) => name !== '')
    .toSorted((a, b) => a.localeCompare(b));

const known = new WeakMap<AskSummary, string>();

/** What the inbox itself tells of a conversation. */
function plainOf(ask: AskSummary): string {
  let plain = known.get(ask);
  if (plain === undefined) {
    const { text, last, asker, page } = ask;
    plain = plainWords(
      [text, last.text, last.by.name, asker.name, page.title, page.url].join(' '),
    ).join(' ');
    known.set(ask, plain);
  }
  return plain;
}
