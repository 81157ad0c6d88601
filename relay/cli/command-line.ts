/** The relay's own command line: what a manager does without a screen. */
import { Command, InvalidArgumentError, Option } from 'commander';
import type { Asked } from '../../shared/api/route/ask.ts';
import type { OfficeBlock } from '../../shared/api/blocks.ts';
import type { Page } from '../../shared/api/route/page.ts';
import type { Route } from '../../shared/api/route/route.ts';
import { routes } from '../../shared/api/routes.ts';
import type { ResponseOf } from '../../shared/api/route/shapes.ts';
import { Role, type RoleName, answersAtDesk, roleName } from '../../shared/grant/roles.ts';
import { type ExaminePage, doctorCommand } from './doctor-command.ts';
import { type FolderCommands, folderCommands } from './folder-commands.ts';
import { OfficeError } from './office-connection.ts';

export interface CommandLineOptions {
  /** Runs the relay until it is told to stop. With `needsPages` it does not start before they are built. */
  readonly start: (options: { readonly needsPages: boolean }) => Promise<void>;
  /** Asks the office. */
  readonly call: <R extends Route>(route: R, asked: Asked<R>) => Promise<ResponseOf<R>>;
  readonly write: (text: string) => void;
  readonly folder: FolderCommands;
  readonly examine: ExaminePage;
}

const deskRoles = Object.entries(Role).flatMap(([name, role]) =>
  answersAtDesk(role) ? [name] : [],
);
const roleNumber = (name: string): Role => Role[name as RoleName];
const amount = (text: string): number => {
  const given = Number(text);
  if (!(given > 0)) throw new InvalidArgumentError('A number is expected, such as 7.');
  return given;
};
/**
 * What was typed, with a mark on ids and keys that begin with a dash: otherwise they would look like
 * options. `asTyped` removes the mark.
 */
export const markIds = (args: readonly string[]): string[] =>
  args.map((arg) => (/^-(?:[\w-]{21}|[\w-]{42})$/.test(arg) ? `=${arg}` : arg));
const asTyped = (text: string): string => text.replace(/^=(?=-)/, '');

const collect = (item: string, before: readonly string[] = []): string[] => [...before, item];

export function commandLine({ start, call, write, folder, examine }: CommandLineOptions): Command {
  const program = new Command('comptoir')
    .description('The relay of a community, and its office.')
    .helpCommand(false)
    .showHelpAfterError('(add --help for what is allowed)');
  const line = (...columns: readonly string[]): void => write(`${columns.join('\t').trimEnd()}\n`);

  program
    .command('start', { isDefault: true })
    .description('run the relay (configured by COMPTOIR_* variables)')
    .action(() => start({ needsPages: false }));
  program
    .command('serve')
    .description('run the relay, once the pages are built: what a server should do')
    .action(() => start({ needsPages: true }));
  for (const command of folderCommands(folder, line)) program.addCommand(command);
  program.addCommand(doctorCommand(examine, line));

  /** Names of the columns, then a line each; a table with nothing in it says so. */
  const table = (names: readonly string[], rows: readonly (readonly string[])[]): void => {
    line(...names);
    for (const row of rows) line(...row);
    if (rows.length === 0) line('(none)');
  };

  /** A whole list, page by page. */
  async function all<Item>(page: (after?: string) => Promise<Page<Item>>): Promise<Item[]> {
    const items: Item[] = [];
    let next: string | null | undefined;
    do {
      const told: Page<Item> = await page(next ?? undefined);
      items.push(...told.items);
      next = told.next;
    } while (next !== null);
    return items;
  }

  const members = (which: '0' | '1') =>
    all((after) => call(routes.members.list, { query: { after, all: which } }));

  /** A visitor without a device or a role is in no list. Their id identifies them. */
  const memberId = async (text: string): Promise<string> => {
    if (/^[\w-]{22}$/.test(text)) return text;
    const everyone = await members('1');
    const found = everyone.filter(({ name }) => name === text);
    if (found.length === 1 && found[0]) return found[0].member;
    throw new OfficeError(
      found.length === 0
        ? `No member is called "${text}": see "members".`
        : `${found.length} members are called "${text}": name one by its id, see "members".`,
    );
  };

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
      line((await call(routes.invitations.invite, { body })).link);
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
      line((await call(routes.invitations.resend, { params: { id } })).link);
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

  program
    .command('block')
    .description('let somebody write no more; what waits on their device is refused too')
    .option('-m, --member <member>', 'a member, by name or id', asTyped)
    .option('-d, --device <key>', 'one device', asTyped)
    .option('-a, --address <network>', 'an address or network; kept as a keyed hash only')
    .option('--addresses-of <member>', 'the addresses where a member was seen', asTyped)
    .option('-r, --reason <text>', 'to know it again')
    .option('--hours <hours>', 'for how long (default: until it is lifted)', amount)
    .action(async (options: BlockOptions) => {
      const { device, address, reason, hours } = options;
      const member = options.member && (await memberId(options.member));
      const addressesOf = options.addressesOf && (await memberId(options.addressesOf));
      const body = { member, device, address, addressesOf, reason, hours };
      const made = await call(routes.blocks.block, { body });
      blockTable(made);
      if (made.some(({ subject }) => subject === 'address'))
        line(
          'It holds for everybody who writes from there, but not for those who answer at the desk.',
        );
    });
  program
    .command('blocks')
    .description('list who is blocked')
    .action(async () => {
      const held = await all((after) => call(routes.blocks.list, { query: { after } }));
      blockTable(held);
    });
  program
    .command('unblock <block>')
    .description('lift a block')
    .action(async (id: string) => {
      await call(routes.blocks.lift, { params: { id } });
    });
  const blockTable = (blocks: readonly OfficeBlock[]): void =>
    table(
      ['block', 'what', 'whom', 'how long', 'reason'],
      blocks.map(({ id, subject, shown, expires, reason }) => [
        id,
        subject,
        shown,
        expires === null ? 'until lifted' : `until ${moment(expires)}`,
        reason,
      ]),
    );

  program
    .command('spaces')
    .description('list the spaces')
    .action(async () => {
      const spaces = await all((after) => call(routes.spaces.list, { query: { after } }));
      table(
        ['space', 'mode', 'attributes'],
        spaces.map(({ id, mode, attributes = [] }) => [
          id,
          mode === 1 ? 'open' : 'closed',
          attributes.join(' '),
        ]),
      );
    });
  program
    .command('space <id>')
    .description('change a space')
    .addOption(
      new Option('--mode <mode>', 'who may answer: any visitor, or the desk alone').choices([
        'open',
        'closed',
      ]),
    )
    .option(
      '--attribute <name>',
      'what the page may tell helpers of a visitor, again for more; "none" for nothing',
      collect,
    )
    .action(async (id: string, options: SpaceOptions) => {
      const attributes = options.attribute?.filter((name) => name !== 'none');
      await call(routes.spaces.change, {
        params: { id },
        body: { mode: options.mode, attributes },
      });
    });
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

interface BlockOptions {
  readonly member?: string;
  readonly device?: string;
  readonly address?: string;
  readonly addressesOf?: string;
  readonly reason?: string;
  readonly hours?: number;
}

interface SpaceOptions {
  readonly mode?: 'open' | 'closed';
  readonly attribute?: readonly string[];
}

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
const moment = (at: number): string => new Date(at).toISOString().slice(0, 16).replace('T', ' ');
const where = (spaces: readonly string[]): string =>
  spaces.length === 0 ? 'all spaces' : spaces.join(' ');
