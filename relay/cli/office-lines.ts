/** What every command of the office has: a way to ask, whole lists, tables, and members by their name. */
import type { Asked } from '../../shared/api/route/ask.ts';
import type { OfficeMember } from '../../shared/api/members.ts';
import type { Page } from '../../shared/api/route/page.ts';
import type { Route } from '../../shared/api/route/route.ts';
import { routes } from '../../shared/api/routes.ts';
import type { ResponseOf } from '../../shared/api/route/shapes.ts';
import { OfficeError } from './office-connection.ts';

/** Asks the office. */
export type Call = <R extends Route>(route: R, asked: Asked<R>) => Promise<ResponseOf<R>>;

export interface OfficeLines {
  readonly call: Call;
  readonly line: (...columns: readonly string[]) => void;
  /** Names of the columns, then a line each; a table with nothing in it says so. */
  readonly table: (names: readonly string[], rows: readonly (readonly string[])[]) => void;
  readonly members: (which: '0' | '1') => Promise<readonly OfficeMember[]>;
  /** A member by name or id. */
  readonly memberId: (text: string) => Promise<string>;
}

export function officeLines(call: Call, write: (text: string) => void): OfficeLines {
  const line = (...columns: readonly string[]): void => write(`${columns.join('\t').trimEnd()}\n`);
  const members = (which: '0' | '1'): Promise<readonly OfficeMember[]> =>
    all((after) => call(routes.members.list, { query: { after, all: which } }));
  return {
    call,
    line,
    table(names, rows) {
      line(...names);
      for (const row of rows) line(...row);
      if (rows.length === 0) line('(none)');
    },
    members,
    // A visitor without a device or a role is in no list. Their id identifies them.
    async memberId(text) {
      if (/^[\w-]{22}$/.test(text)) return text;
      const everyone = await members('1');
      const found = everyone.filter(({ name }) => name === text);
      if (found.length === 1 && found[0]) return found[0].member;
      throw new OfficeError(
        found.length === 0
          ? `No member is called "${text}": see "members".`
          : `${found.length} members are called "${text}": name one by its id, see "members".`,
      );
    },
  };
}

/** A whole list, page by page. */
export async function all<Item>(page: (after?: string) => Promise<Page<Item>>): Promise<Item[]> {
  const items: Item[] = [];
  let next: string | null | undefined;
  do {
    const told: Page<Item> = await page(next ?? undefined);
    items.push(...told.items);
    next = told.next;
  } while (next !== null);
  return items;
}

/** For an option that may be given again. */
export const collect = (item: string, before: readonly string[] = []): string[] => [
  ...before,
  item,
];

/** Such as `1 room`. */
export const counted = (count: number, one: string, more = `${one}s`): string =>
  `${count} ${count === 1 ? one : more}`;

export const moment = (at: number): string =>
  new Date(at).toISOString().slice(0, 16).replace('T', ' ');
