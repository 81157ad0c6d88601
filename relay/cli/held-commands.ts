/** What waits to be read, and appeals, from the command line. */
import { Command } from 'commander';
import { routes } from '../../shared/api/routes.ts';
import { type OfficeLines, all, moment } from './office-lines.ts';
import { OfficeError } from './office-connection.ts';
import { asTyped } from './typed-ids.ts';

interface Reason {
  readonly reason?: string;
}

export function heldCommands({ call, line, table }: OfficeLines): Command[] {
  const waiting = () => all((after) => call(routes.held.list, { query: { after } }));

  /** As it is now: whoever typed this has seen it a moment ago. */
  const versionOf = async (id: string): Promise<number> => {
    const found = (await waiting()).find((one) => one.id === id);
    if (!found) throw new OfficeError('Nothing that waits is called that: see "held list".');
    return found.version;
  };

  const held = new Command('held')
    .description('what waits to be read before others read it')
    .helpCommand(false);
  held
    .command('list')
    .description('list what waits, the oldest first')
    .action(async () =>
      table(
        ['entry', 'since', 'space', 'member', 'why', 'text'],
        (await waiting()).map(({ id, since, space, member, code, text }) => [
          id,
          moment(since),
          space,
          member,
          code,
          oneLine(text),
        ]),
      ),
    );
  held
    .command('approve')
    .argument('<entry>', '', asTyped)
    .description('publish it; a question with what its asker added')
    .action(async (id: string) => {
      const body = { if: await versionOf(id) };
      line((await call(routes.held.approve, { params: { id }, body })).outcome);
    });
  held
    .command('refuse')
    .argument('<entry>', '', asTyped)
    .description('refuse it for good')
    .option('-r, --reason <text>', 'for its author')
    .option('--erase', 'nothing of it is kept for an appeal')
    .action(async (id: string, { reason, erase }: Reason & { readonly erase?: true }) => {
      const body = { if: await versionOf(id), reason, erase };
      await call(routes.held.refuse, { params: { id }, body });
    });
  held
    .command('change')
    .argument('<entry>', '', asTyped)
    .description('ask its author to write it otherwise')
    .option('-r, --reason <text>', 'for its author')
    .action(async (id: string, { reason }: Reason) => {
      const body = { if: await versionOf(id), reason };
      await call(routes.held.change, { params: { id }, body });
    });

  const appeals = new Command('appeals')
    .description('decisions that somebody asks to be looked at again')
    .helpCommand(false);
  appeals
    .command('list')
    .description('list those that wait, the oldest first')
    .action(async () =>
      table(
        ['decision', 'since', 'what', 'why', 'appeal', 'text'],
        (await all((after) => call(routes.held.appeals, { query: { after } }))).map((one) => [
          one.reference,
          moment(one.appealedAt),
          one.what,
          one.code,
          oneLine(one.appeal),
          oneLine(one.text ?? '(gone)'),
        ]),
      ),
    );
  for (const [name, grant, about] of [
    ['grant', true, 'grant an appeal: what was held or refused is published, if it is still kept'],
    ['uphold', false, 'leave it as it was decided'],
  ] as const)
    appeals
      .command(name)
      .argument('<decision>', '', asTyped)
      .description(about)
      .option('-r, --reason <text>', 'for its author')
      .action(async (id: string, { reason }: Reason) => {
        const body = { grant, reason };
        const { published } = await call(routes.held.decideAppeal, { params: { id }, body });
        line(published ? 'published' : 'decided');
      });
  return [held, appeals];
}

const oneLine = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
};
