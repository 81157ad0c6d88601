/** The filter from the command line: rules, files of them, settings, and a text to try. */
import { readFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { routes } from '../../shared/api/routes.ts';
import { MOST_IMPORTED } from '../../shared/api/words.ts';
import { OfficeError } from './office-connection.ts';
import { type OfficeLines, all, counted } from './office-lines.ts';

const ACTIONS = ['allow', 'flag', 'hold', 'refuse'] as const;
const KINDS = ['insult', 'hate', 'sexual', 'scam', 'other'] as const;
type Action = (typeof ACTIONS)[number];
type Kind = (typeof KINDS)[number];

interface RuleOptions {
  readonly allow?: true;
  readonly flag?: true;
  readonly hold?: true;
  readonly refuse?: true;
  readonly kind: Kind;
  readonly space?: string;
}

interface Draft {
  readonly action: Action;
  readonly kind: Kind;
  readonly pattern: string;
}

const LINE = /^(allow|flag|hold|refuse)\s+(?:(insult|hate|sexual|scam|other)\s+)?(\S.*)$/;

/** The rules of a file; a line that is a pattern alone takes what the command says. */
function rulesIn(text: string, otherwise: Omit<Draft, 'pattern'>): Draft[] {
  const lines = text.split(/\r?\n/).map((line) => line.replace(/^\ufeff/, '').trim());
  return lines
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, action, kind = 'other', pattern] = LINE.exec(line) ?? [];
      if (action === undefined || pattern === undefined) return { ...otherwise, pattern: line };
      return { action: action as Action, kind: kind as Kind, pattern };
    });
}

/** @returns the action that was given; `refuse` if none was. */
function actionOf({ allow, flag, hold, refuse }: RuleOptions): Action {
  const given = ACTIONS.filter((name) => ({ allow, flag, hold, refuse })[name]);
  if (given.length > 1)
    throw new OfficeError(`Either ${given.map((name) => `--${name}`).join(' or ')}.`);
  return given[0] ?? 'refuse';
}

const withRule = (command: Command): Command =>
  command
    .option('--allow', 'an exception: others leave it alone')
    .option('--flag', 'published all the same')
    .option('--hold', 'published once somebody has read it')
    .option('--refuse', 'not published, as without any of these')
    .addOption(
      new Option('-k, --kind <kind>', 'what it is about').choices([...KINDS]).default('other'),
    )
    .option('-s, --space <id>', 'in one space (default: everywhere)');

/** @param write for what is a file, and no line of a table. */
export function wordsCommand(
  { call, line, table }: OfficeLines,
  write: (text: string) => void,
): Command {
  const words = new Command('words')
    .description('the word filter: what people may not write')
    .helpCommand(false);
  const made = () => all((after) => call(routes.words.list, { query: { after } }));

  words
    .command('list')
    .description('list the rules')
    .action(async () =>
      table(
        ['rule', 'action', 'kind', 'where', 'pattern'],
        (await made()).map(({ id, action, kind, space, pattern }) => [
          id,
          action,
          kind,
          space ?? 'everywhere',
          pattern,
        ]),
      ),
    );
  withRule(words.command('add <pattern>'))
    .description('make a rule for a word, word*, *word, a phrase or a domain')
    .action(async (pattern: string, options: RuleOptions) => {
      const { kind, space } = options;
      const body = { pattern, action: actionOf(options), kind, space };
      line((await call(routes.words.add, { body })).id);
    });
  words
    .command('remove <rule>')
    .description('take a rule away')
    .action(async (id: string) => {
      await call(routes.words.remove, { params: { id } });
    });
  withRule(words.command('import <file>'))
    .description('make a rule of each line: "refuse scam evil.example", or a pattern alone')
    .action(async (file: string, options: RuleOptions) => {
      const { kind, space } = options;
      const rules = rulesIn(textOf(file), { action: actionOf(options), kind });
      let taken = 0;
      for (let first = 0; first < rules.length; first += MOST_IMPORTED) {
        const body = { rules: rules.slice(first, first + MOST_IMPORTED), space };
        const answer = await call(routes.words.import, { body });
        taken += answer.taken;
        for (const { pattern, why } of answer.wrong) line(pattern, why);
      }
      line(counted(taken, 'rule'));
    });
  words
    .command('export')
    .description('write the rules as a file that can be imported')
    .option('-l, --lists', 'the lists that come with the relay too')
    .action(async ({ lists }: { readonly lists?: true }) => {
      for (const { action, kind, space, pattern } of await made())
        write(`${action} ${kind} ${pattern}\n${space === null ? '' : `# only in ${space}\n`}`);
      if (!lists) return;
      const listed = await all((after) => call(routes.words.starters, { query: { after } }));
      for (const { pattern, kind, level } of listed)
        write(`${level === null ? 'allow' : level === 1 ? 'flag' : 'refuse'} ${kind} ${pattern}\n`);
    });
  words
    .command('settings')
    .description('what is done about each list, and beside words')
    .option('-s, --space <id>', 'in one space (default: everywhere)')
    .action(async ({ space }: { readonly space?: string }) => {
      const told = await all((after) => call(routes.words.settings, { query: { after, space } }));
      table(
        ['setting', 'value', 'from'],
        told.map(({ name, value, from }) => [name, value, from]),
      );
    });
  words
    .command('set <setting>')
    .addArgument(
      words.createArgument('<value>').choices(['off', 'flag', 'hold', 'refuse', 'default']),
    )
    .description('say what is done about a list, or beside words')
    .option('-s, --space <id>', 'in one space (default: everywhere)')
    .action(async (name: string, value: string, { space }: { readonly space?: string }) => {
      const given = value === 'default' ? null : (value as 'off' | 'flag' | 'hold' | 'refuse');
      await call(routes.words.set, { body: { settings: { [name]: given }, space } });
    });
  words
    .command('try <text>')
    .description('what a text triggers, and why; nothing of it is kept')
    .option('-s, --space <id>', 'in one space')
    .action(async (text: string, { space }: { readonly space?: string }) => {
      const { action, findings } = await call(routes.words.try, { body: { text, space } });
      line(action);
      if (findings.length > 0)
        table(
          ['action', 'kind', 'found', 'rule'],
          findings.map(({ action: does, kind, matched, rule }) => [does, kind, matched, rule]),
        );
    });
  return words;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new OfficeError(`${file} cannot be read: ${(error as Error).message}`);
  }
}
