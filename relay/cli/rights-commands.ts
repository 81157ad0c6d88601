/** Rights in the office: who may do what there. */
import { Command } from 'commander';
import { type OfficeRight, officeRights } from '../../shared/api/route/office-right.ts';
import { routes } from '../../shared/api/routes.ts';
import { OfficeError } from './office-connection.ts';
import { type OfficeLines, all, collect } from './office-lines.ts';
import { asTyped } from './typed-ids.ts';

const rightOf = (text: string): OfficeRight => {
  const right = officeRights.find((name) => name === text);
  if (right) return right;
  throw new OfficeError(`A right is one of ${officeRights.join(', ')}.`);
};

export function rightsCommands({ call, table, memberId }: OfficeLines): Command[] {
  return [
    new Command('rights')
      .description('list the rights that were given in the office, beside managers by their role')
      .action(async () => {
        const given = await all((after) => call(routes.rights.list, { query: { after } }));
        table(
          ['member', 'name', 'right', 'spaces'],
          given.map(({ member, name, right, spaces }) => [
            member,
            name,
            right,
            spaces.length === 0 ? 'all spaces' : spaces.join(' '),
          ]),
        );
      }),
    new Command('give-right')
      .argument('<member>', 'by name or id', asTyped)
      .argument('<right>', officeRights.join(', '))
      .description('let a member do something in the office, at once')
      .option('-s, --space <id>', 'a space it holds in, again for more (default: all)', collect)
      .action(
        async (member: string, right: string, { space = [] }: { space?: readonly string[] }) => {
          const body = { member: await memberId(member), right: rightOf(right), spaces: space };
          await call(routes.rights.give, { body });
        },
      ),
    new Command('take-right')
      .argument('<member>', 'by name or id', asTyped)
      .argument('<right>', officeRights.join(', '))
      .description('take a right back, at once')
      .action(async (member: string, right: string) => {
        const params = { id: await memberId(member) };
        await call(routes.rights.take, { params, body: { right: rightOf(right) } });
      }),
  ];
}
