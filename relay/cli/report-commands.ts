/** Reported messages from the command line: what waits, hidden, and shown again. */
import { Command } from 'commander';
import { routes } from '../../shared/api/routes.ts';
import { type OfficeLines, all, moment } from './office-lines.ts';
import { asTyped } from './typed-ids.ts';

interface Options {
  readonly reason?: string;
}

export function reportCommands({ call, line, table, memberId }: OfficeLines): Command[] {
  return [
    new Command('reports')
      .description('list messages that were reported or hidden and wait for somebody to look')
      .action(async () => {
        const waiting = await all((after) => call(routes.reports.list, { query: { after } }));
        table(
          ['message', 'since', 'space', 'state', 'reports', 'why', 'text'],
          waiting.map(({ id, since, space, state, count, reports, text }) => [
            id,
            moment(since),
            space,
            state,
            String(count),
            [...new Set(reports.map(({ reason }) => reason))].join(', '),
            text.replace(/\s+/g, ' ').slice(0, 80),
          ]),
        );
      }),
    new Command('hide')
      .argument('<message>', '', asTyped)
      .description('hide a message from everybody, or leave one hidden that was reported')
      .option('-r, --reason <text>', 'for its author')
      .action(async (id: string, { reason }: Options) => {
        line((await call(routes.reports.hide, { params: { id }, body: { reason } })).state);
      }),
    new Command('unhide')
      .argument('[message]', '', asTyped)
      .description('show a hidden message again, or say that one that was reported may be seen')
      .option('-r, --reason <text>', 'for its author')
      .option('--all-by <member>', 'all that this member has hidden', asTyped)
      .action(async (id: string | undefined, { reason, allBy }: Options & { allBy?: string }) => {
        if (allBy !== undefined) {
          const params = { id: await memberId(allBy) };
          const { shown } = await call(routes.reports.unhideAll, { params, body: { reason } });
          return line(`${shown} shown again`);
        }
        const params = { id: id ?? '' };
        line((await call(routes.reports.unhide, { params, body: { reason } })).state);
      }),
  ];
}
