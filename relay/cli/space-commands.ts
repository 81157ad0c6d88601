/** Spaces: the list of them, and what one says of itself. */
import { Command, Option } from 'commander';
import type { OfficeSpace } from '../../shared/api/spaces.ts';
import { routes } from '../../shared/api/routes.ts';
import type { LocalText } from '../../shared/protocol/records.ts';
import { OfficeError } from './office-connection.ts';
import { type OfficeLines, all, collect } from './office-lines.ts';

interface SpaceOptions {
  readonly new?: boolean;
  readonly lang: string;
  readonly mode?: 'open' | 'closed';
  readonly name?: string;
  readonly greeting?: string;
  readonly intro?: string;
  readonly suggestion?: readonly string[];
  readonly charter?: string;
  readonly promise?: string;
  readonly attribute?: readonly string[];
  readonly contacts?: 'links' | 'text';
  readonly publish?: 'before' | 'after';
}

/** What a repeated option says that takes all away. */
const NONE = 'none';

export function spaceCommands({ call, line, table }: OfficeLines): Command[] {
  const spaces = (): Promise<OfficeSpace[]> =>
    all((after) => call(routes.spaces.list, { query: { after } }));

  return [
    new Command('spaces').description('list the spaces').action(async () => {
      table(
        ['space', 'mode', 'name', 'attributes'],
        (await spaces()).map(({ id, mode, name, attributes = [] }) => [
          id,
          modeName(mode),
          Object.values(name)[0] ?? '',
          attributes.join(' '),
        ]),
      );
    }),
    new Command('space')
      .argument('<id>', 'its name in addresses and snippets: a-z, 0-9 and hyphens')
      .description('show a space; make one with --new; change what is given')
      .option('--new', 'make it')
      .addOption(
        new Option('--mode <mode>', 'who may answer: any visitor, or the desk alone').choices([
          'open',
          'closed',
        ]),
      )
      .option('--lang <language>', 'the language of the texts given here', 'fr')
      .option('--name <text>', 'what it is called')
      .option('--greeting <text>', 'the title of the welcome screen')
      .option('--intro <text>', 'one sentence below it: who answers here')
      .option('--suggestion <text>', `a question often asked, again for more; "${NONE}"`, collect)
      .option('--charter <text>', 'the rules of the house')
      .option('--promise <text>', 'when to expect an answer if nobody is here')
      .option(
        '--attribute <name>',
        `what the page may tell helpers of a visitor, again for more; "${NONE}" for nothing`,
        collect,
      )
      .addOption(
        new Option(
          '--contacts <how>',
          'whether phone numbers and addresses of e-mail in messages can be tapped',
        ).choices(['links', 'text']),
      )
      .addOption(
        new Option(
          '--publish <when>',
          'whether somebody reads what visitors and helpers write before it is published, or after',
        ).choices(['before', 'after']),
      )
      .addHelpText('after', '\nAn empty text takes it away: --promise "".')
      .action(async (id: string, options: SpaceOptions) => {
        const before = (await spaces()).find((space) => space.id === id);
        if (!before && !options.new)
          throw new OfficeError(
            `There is no space "${id}": see "spaces", or make it with --new --name <text>.`,
          );
        const { mode, lang, name, greeting, intro, charter, promise } = options;
        const change = {
          mode,
          name: inLanguage(lang, name),
          greeting: inLanguage(lang, greeting),
          intro: inLanguage(lang, intro),
          suggestions: suggestionsAfter(before?.suggestions ?? [], lang, options.suggestion),
          charter: inLanguage(lang, charter),
          promise: inLanguage(lang, promise),
          attributes: options.attribute?.filter((attribute) => attribute !== NONE),
          contacts: options.contacts && options.contacts === 'links',
          publish: options.publish,
        };
        if (options.new) {
          if (!change.name) throw new OfficeError('A new space needs a name: --name <text>.');
          await call(routes.spaces.create, { body: { ...change, id, name: change.name } });
          line(`Made: embed it with space="${id}", invite for it with invite --space ${id}.`);
        } else if (Object.values(change).some((given) => given !== undefined))
          await call(routes.spaces.change, { params: { id }, body: change });
        else if (before) table(['what', 'language', 'text'], rowsOf(before));
      }),
  ];
}

const modeName = (mode: number): string => (mode === 1 ? 'open' : 'closed');

const inLanguage = (lang: string, text: string | undefined): LocalText | undefined =>
  text === undefined ? undefined : { [lang]: text };

/** The questions in one language, each in the place of the same one in the others. */
function suggestionsAfter(
  before: readonly LocalText[],
  lang: string,
  given: readonly string[] | undefined,
): readonly LocalText[] | undefined {
  if (given === undefined) return undefined;
  const texts = given.filter((text) => text !== NONE);
  if (texts.length === 0) return [];
  return Array.from({ length: Math.max(before.length, texts.length) }, (_, at) => ({
    ...before[at],
    [lang]: texts[at] ?? '',
  }));
}

/** Everything that a space says. A charter is on one line, as a table has it. */
function rowsOf(space: OfficeSpace): string[][] {
  const {
    mode,
    name,
    greeting,
    intro,
    suggestions,
    charter,
    promise,
    attributes = [],
    contacts,
    publish,
  } = space;
  const texts = Object.entries({ name, greeting, intro, charter, promise });
  return [
    ['mode', '', modeName(mode)],
    ...(contacts ? [['contacts', '', 'links']] : []),
    ...(publish === 'before' ? [['publish', '', 'before']] : []),
    ...texts.flatMap(([what, text]) => inAll(what, text)),
    ...suggestions.flatMap((text) => inAll('suggestion', text)),
    ...attributes.map((attribute) => ['attribute', '', attribute]),
  ];
}

const inAll = (what: string, text: LocalText): string[][] =>
  Object.entries(text).map(([lang, said]) => [what, lang, said.replaceAll(/\s+/g, ' ')]);
