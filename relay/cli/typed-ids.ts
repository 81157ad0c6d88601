/** Ids and keys as they are typed: some begin with a dash, and would look like options. */
import { InvalidArgumentError } from 'commander';

/** What was typed, with a mark on such ids and keys. `asTyped` removes the mark. */
export const markIds = (args: readonly string[]): string[] =>
  args.map((arg) => (/^-(?:[\w-]{21}|[\w-]{42})$/.test(arg) ? `=${arg}` : arg));
export const asTyped = (text: string): string => text.replace(/^=(?=-)/, '');

export const amount = (text: string): number => {
  const given = Number(text);
  if (!(given > 0)) throw new InvalidArgumentError('A number is expected, such as 7.');
  return given;
};
