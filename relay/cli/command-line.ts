/** The relay's own command line: what a manager does without a screen. */
import { Command, InvalidArgumentError, Option } from 'commander';
import { Role, type RoleName, answersAtDesk, roleName } from '../../shared/grant/roles.ts';
import type { BlockRequest, OfficeBlock } from '../../shared/api/blocks.ts';
import type { OfficePhoto } from '../../shared/api/cards.ts';
import type {
  InviteRequest,
  InviteResponse,
  OfficeInvitation,
} from '../../shared/api/invitations.ts';
import type { MemberChange, OfficeMember } from '../../shared/api/members.ts';
import type { OfficeSpace, SpaceChange } from '../../shared/api/spaces.ts';
import { OfficeError } from './office-connection.ts';

export interface CommandLineOptions {
  /** Runs the relay until it is told to stop. With `needsPages` it does not start before they are built. */
  readonly start: (options: { readonly needsPages: boolean }) => Promise<void>;
  /** Asks the office. */
  readonly call: (
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    body?: unknown,
  ) => Promise<unknown>;
  readonly write: (text: string) => void;
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
 * What was typed, with ids and keys marked that begin with a dash: they would be taken for options.
 * `asTyped` takes the mark off.
 */
export const markIds = (args: readonly string[]): string[] =>
  args.map((arg) => (/^-(?:[\w-]{21}|[\w-]{42})$/.test(arg) ? `=${arg}` : arg));
const asTyped = (text: string): string => text.replace(/^=(?=-)/, '');

const collect = (item: string, before: readonly string[] = []): string[] => [...before, item];

export function commandLine({ start, call, write }: CommandLineOptions): Command {
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

  /** A visitor without a device or a role is in no list, and is known by their id. */
  const memberId = async (text: string): Promise<string> => {
    if (/^[\w-]{22}$/.test(text)) return text;
    const all = (await call('GET', '/members?all=1')) as OfficeMember[];
    const found = all.filter(({ name }) => name === text);
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
      const asked: InviteRequest = {
        role: roleNumber(role),
        spaces: space,
        topics: topic,
        note,
        days,
        ...back,
      };
      line(((await call('POST', '/invitations', asked)) as InviteResponse).link);
    });
  program
    .command('invitations')
    .description('list the invitations of the last 90 days')
    .action(async () => {
      for (const one of (await call('GET', '/invitations')) as OfficeInvitation[]) {
        const role = roleName(one.role) ?? '';
        line(one.id, one.state, role, `until ${day(one.expires)}`, where(one.spaces), one.note);
      }
    });
  program
    .command('resend <invitation>')
    .description('make another link for an invitation that nobody has used; the one before is void')
    .action(async (id: string) => {
      const path = `/invitations/${encodeURIComponent(id)}/resend`;
      line(((await call('POST', path)) as InviteResponse).link);
    });
  program
    .command('revoke-invitation <invitation>')
    .description('make an invitation void')
    .action(async (id: string) => {
      await call('DELETE', `/invitations/${encodeURIComponent(id)}`);
    });

  program
    .command('members')
    .description('list those who answer, with their devices')
    .option('-a, --all', 'visitors with a known device too')
    .action(async ({ all }: { all?: boolean }) => {
      for (const one of (await call('GET', `/members?all=${all ? 1 : 0}`)) as OfficeMember[]) {
        const here = one.here ? 'here' : '';
        line(one.member, one.name, roleName(one.role) ?? '', where(one.spaces), here);
        for (const { device, label, since } of one.devices) {
          line('', device, label, `since ${day(since)}`);
        }
      }
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
      const change: MemberChange = { role: roleNumber(role), spaces, topics };
      await call('PATCH', `/members/${await memberId(member)}`, change);
    });
  program
    .command('remove-device')
    .argument('<member>', 'by name or id', asTyped)
    .argument('<device>', 'its key', asTyped)
    .description('cut a device off for ever')
    .action(async (member: string, device: string) => {
      const path = `/members/${await memberId(member)}/devices/${encodeURIComponent(device)}`;
      await call('DELETE', path);
    });

  program
    .command('photos')
    .description('list the photos of helpers that nobody has let through yet')
    .action(async () => {
      for (const { name, memberName, uploaded } of (await call('GET', '/photos')) as OfficePhoto[])
        line(name, memberName, new Date(uploaded).toISOString());
    });
  program
    .command('show-photo')
    .argument('<photo>', 'its name', asTyped)
    .description('let everyone see a photo')
    .action(async (photo: string) => {
      await call('POST', `/photos/${encodeURIComponent(photo)}/show`);
    });
  program
    .command('refuse-photo')
    .argument('<photo>', 'its name', asTyped)
    .description('delete a photo, whether it waits or shows')
    .action(async (photo: string) => {
      await call('POST', `/photos/${encodeURIComponent(photo)}/refuse`);
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
      const asked: BlockRequest = { member, device, address, addressesOf, reason, hours };
      for (const block of (await call('POST', '/blocks', asked)) as OfficeBlock[]) tellBlock(block);
    });
  program
    .command('blocks')
    .description('list who is blocked')
    .action(async () => {
      for (const block of (await call('GET', '/blocks')) as OfficeBlock[]) tellBlock(block);
    });
  program
    .command('unblock <block>')
    .description('lift a block')
    .action(async (id: string) => {
      await call('DELETE', `/blocks/${encodeURIComponent(id)}`);
    });
  const tellBlock = ({ id, subject, shown, expires, reason }: OfficeBlock): void =>
    line(
      id,
      subject,
      shown,
      expires === null ? 'until lifted' : `until ${moment(expires)}`,
      reason,
    );

  program
    .command('spaces')
    .description('list the spaces')
    .action(async () => {
      for (const { id, mode, attributes = [] } of (await call('GET', '/spaces')) as OfficeSpace[]) {
        line(id, mode === 1 ? 'open' : 'closed', attributes.join(' '));
      }
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
      const change: SpaceChange = { mode: options.mode, attributes };
      await call('PATCH', `/spaces/${encodeURIComponent(id)}`, change);
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
