/**
 * Whether an entry says only what people may write. The relay asks before it takes an entry; what it took
 * once stays readable, whatever later builds refuse.
 */
import { isLanguageTag, isWebAddress } from '../text/names.ts';
import { isPlainText, isSayable } from '../text/plain-text.ts';
import type { Content } from './content.ts';
import { kinds } from './kinds.ts';
import { type Field, type Page, language, note, page, words } from './schema/field.ts';

/** A page's title is what its site says, not what a person wrote: it may hide hyphens and joiners. */
const isTitle = (title: string): boolean => isPlainText(title) && !/[\t\n]/.test(title);

/** What a field of people's words must be. Other fields are ids, bytes and names with parsers. */
export const writableFields: ReadonlyMap<Field<unknown>, (value: never) => boolean> = new Map<
  Field<unknown>,
  (value: never) => boolean
>([
  [words, isSayable],
  [note, isPlainText],
  [language, (tag: string) => tag === '' || isLanguageTag(tag)],
  [page, ({ url, title }: Page) => (url === '' || isWebAddress(url)) && isTitle(title)],
]);

export function isWritable(content: Content): boolean {
  const values = content as Readonly<Record<string, unknown>>;
  return Object.entries(kinds.named(content.kind).fields).every(
    ([name, field]) => writableFields.get(field)?.(values[name] as never) ?? true,
  );
}
