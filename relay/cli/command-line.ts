/** The relay's own command line: what a manager does without a screen. */
import { Command, Option } from 'commander';
import { routes } from '../../shared/api/routes.ts';
import { Role, type RoleName, answersAtDesk, roleName } from '../../shared/grant/roles.ts';
import { auditCommand } from './audit-command.ts';
import { blockCommands } from './block-commands.ts';
import { type ExaminePage, doctorCommand } from './doctor-command.ts';
import { type FolderCommands, folderCommands } from './folder-commands.ts';
import { OfficeError } from './office-connection.ts';
import { type Call, all, collect, officeLines } from './office-lines.ts';
import { reportCommands } from './report-commands.ts';
import { noticeCommands } from './notice-commands.ts';
import { rightsCommands } from './rights-commands.ts';
import { spaceCommands } from './space-commands.ts';
import { amount, asTyped } from './typed-ids.ts';
import { heldCommands } from './held-commands.ts';
import { wordsCommand } from './words-command.ts';

export interface CommandLineOptions {
  /** Runs the relay until it is told to stop. With `needsPages` it does not start before they are built. */
  readonly start: (options: { readonly needsPages: boolean }) => Promise<void>;
  readonly call: Call;
  readonly write: (text: string) => void;
  /** What a person reads beside it: a script that reads what is written does not get it. */
  readonly remark: (text: string) => void;
  readonly folder: FolderCommands;
  readonly examine: ExaminePage;
}

const deskRoles = Object.entries(Role).flatMap(([name, role]) =>
  answersAtDesk(role) ? [name] : [],
);
const roleNumber = (name: string): Role => Role[name as RoleName];
export function commandLine({
  start,
  call,
  write,
  remark,
  folder,
  examine,
}: CommandLineOptions): Command {
  const program = new Command('comptoir')
    .description('The relay of a community, and its office.')
    .helpCommand(false)
    .showHelpAfterError('(add --help for what is allowed)');
  const office = officeLines(call, write);
  const { line, table, members, memberId } = office;

  program
    .command('start', { isDefault: true })
    .description('run the relay (configured by COMPTOIR_* variables)')
    // What is mistyped comes here, as it is the command of those who name none.
    .allowExcessArguments()
    .action((_: unknown, { args: [unknown] }: Command) =>
      unknown === undefined
        ? start({ needsPages: false })
        : program.error(`error: there is no command "${unknown}"`),
    );
  program
    .command('serve')
    .description('run the relay, once the pages are built: what a server should do')
    .action(() => start({ needsPages: true }));
  for (const command of folderCommands(folder, line)) program.addCommand(command);
  program.addCommand(doctorCommand(examine, line));

  program
    .command('invite')
    .description('make a link that lets one person in, once')
    .addOption(
      new Option('-r, --role <role>', 'what they may do').choices(deskRoles).default('helper'),
    )
    .option('-s, --space <id>', 'a space it holds in, again for more (default: all)', collect)
    .option('-t, --topic <topic>', 'what they know about, again for more', collect)
    .option('-n, --note <text>', 'to know the invitation again', '')
    .option('-m, --member <member>', 'bring this member back, on a new device', asTyped)
    .option('-d, --days <days>', 'how long it is good', amount, 7)
    .action(async (options: InviteOptions) => {
      const { role, space = [], topic = [], note, days } = options;
      const back = options.member === undefined ? {} : { member: await memberId(options.member) };
      const body = {
        role: roleNumber(role),
        spaces: space,
        topics: topic,
        note,
        days,
        ...back,
      };
      const { link, expires } = await call(routes.invitations.invite, { body });
      line(link);
      const whom = options.member === undefined ? `one ${role} (${where(space)})` : 'this member';
      remark(`It lets ${whom} in, once, until ${day(expires)}.\n`);
    });
  program
    .command('invitations')
    .description('list the invitations of the last 90 days')
    .action(async () => {
      const list = routes.invitations.list;
      const made = await all((after) => call(list, { query: { after } }));
      table(
        ['invitation', 'state', 'role', 'good', 'spaces', 'note'],
        made.map((one) => [
          one.id,
          one.state,
          roleName(one.role) ?? '',
          `until ${day(one.expires)}`,
          where(one.spaces),
          one.note,
        ]),
      );
    });
  program
    .command('resend <invitation>')
    .description('make another link for an invitation that nobody has used; the one before is void')
    .action(async (id: string) => {
      const { link, expires } = await call(routes.invitations.resend, { params: { id } });
      line(link);
      remark(`It is good once, until ${day(expires)}.\n`);
    });
  program
    .command('revoke-invitation <invitation>')
    .description('make an invitation void')
    .action(async (id: string) => {
      await call(routes.invitations.revoke, { params: { id } });
    });

  program
    .command('members')
    .description('list those who answer, with their devices')
    .option('-a, --all', 'visitors with a known device too')
    .action(async (options: { all?: boolean }) => {
      const everyone = await members(options.all ? '1' : '0');
      table(
        ['member', 'name or device', 'role or label', 'spaces or since', 'here'],
        everyone.flatMap((one) => [
          [
            one.member,
            one.name,
            roleName(one.role) ?? '',
            where(one.spaces),
            one.here ? 'here' : '',
          ],
          ...one.devices.map(({ device, label, since }) => [
            '',
            device,
            label,
            `since ${day(since)}`,
          ]),
        ]),
      );
    });
  program
    .command('role')
    .argument('<member>', 'by name or id', asTyped)
    .argument('<role>', `visitor, ${deskRoles.join(', ')}`)
    .description(`change what a member may do, at once; "visitor" takes their place away`)
    .option('-s, --space <id>', 'a space it holds in, again for more', collect)
    .option('-t, --topic <topic>', 'what they know about, again for more', collect)
    .action(async (member: string, role: string, options: RoleOptions) => {
      if (role !== 'visitor' && !deskRoles.includes(role))
        throw new OfficeError(`A role is one of visitor, ${deskRoles.join(', ')}.`);
      const { space: spaces, topic: topics } = options;
      const params = { id: await memberId(member) };
      await call(routes.members.change, {
        params,
        body: { role: roleNumber(role), spaces, topics },
      });
    });
  program
    .command('remove-device')
    .argument('<member>', 'by name or id', asTyped)
    .argument('<device>', 'its key', asTyped)
    .description('cut a device off for ever')
    .action(async (member: string, device: string) => {
      const params = { id: await memberId(member) };
      await call(routes.members.removeDevice, { params, body: { device } });
    });

  program
    .command('photos')
    .description('list the photos of helpers that nobody has let through yet')
    .action(async () => {
      const held = await all((after) => call(routes.cards.held, { query: { after } }));
      table(
        ['photo', 'member', 'sent'],
        held.map(({ name, memberName, uploaded }) => [
          name,
          memberName,
          new Date(uploaded).toISOString(),
        ]),
      );
    });
  program
    .command('show-photo')
    .argument('<photo>', 'its name', asTyped)
    .description('let everyone see a photo')
    .action(async (name: string) => {
      await call(routes.cards.show, { params: { name } });
    });
  program
    .command('refuse-photo')
    .argument('<photo>', 'its name', asTyped)
    .description('delete a photo, whether it waits or shows')
    .action(async (name: string) => {
      await call(routes.cards.refuse, { params: { name } });
    });

  const more = [
    ...blockCommands(office),
    ...reportCommands(office),
    ...spaceCommands(office),
    wordsCommand(office, write),
    ...heldCommands(office),
    auditCommand(office, write),
    ...rightsCommands(office),
    ...noticeCommands(office),
  ];
  for (const command of more) {
    program.addCommand(command.copyInheritedSettings(program));
    for (const inside of command.commands) inside.copyInheritedSettings(command);
  }
  return program;
}

interface InviteOptions {
  readonly role: string;
  readonly space?: readonly string[];
  readonly topic?: readonly string[];
  readonly note: string;
  readonly member?: string;
  readonly days: number;
}

interface RoleOptions {
  readonly space?: readonly string[];
  readonly topic?: readonly string[];
}

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
const where = (spaces: readonly string[]): string =>
  spaces.length === 0 ? 'all spaces' : spaces.join(' ');
