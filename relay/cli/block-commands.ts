/** Blocks: who may no longer write. */
import { Command } from 'commander';
import type { BlockReach, OfficeBlock } from '../../shared/api/blocks.ts';
import { routes } from '../../shared/api/routes.ts';
import { type OfficeLines, all, counted, moment } from './office-lines.ts';
import { amount, asTyped } from './typed-ids.ts';

interface BlockOptions {
  readonly member?: string;
  readonly device?: string;
  readonly address?: string;
  readonly addressesOf?: string;
  readonly reason?: string;
  readonly hours?: number;
  readonly look?: boolean;
}

export function blockCommands({ call, line, table, memberId }: OfficeLines): Command[] {
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
  return [
    new Command('block')
      .description('let somebody write no more; what waits on their device is refused too')
      .option('-m, --member <member>', 'a member, by name or id', asTyped)
      .option('-d, --device <key>', 'one device', asTyped)
      .option('-a, --address <network>', 'an address or network; kept as a keyed hash only')
      .option('--addresses-of <member>', 'the addresses where a member was seen', asTyped)
      .option('-r, --reason <text>', 'to know it again')
      .option('--hours <hours>', 'for how long (default: until it is lifted)', amount)
      .option('--look', 'only say whom it would touch, and block nobody')
      .action(async (options: BlockOptions) => {
        const { device, address, reason, hours } = options;
        const member = options.member && (await memberId(options.member));
        const addressesOf = options.addressesOf && (await memberId(options.addressesOf));
        const whom = { member, device, address, addressesOf };
        // Before the act: afterwards they write no more.
        const network = { address, addressesOf };
        const isNetwork = (address ?? addressesOf) !== undefined;
        const reach = isNetwork ? await call(routes.blocks.reach, { query: network }) : null;
        if (options.look) return line(reach ? touched(reach) : NOBODY_ELSE);
        blockTable(await call(routes.blocks.block, { body: { ...whom, reason, hours } }));
        if (reach) line(touched(reach));
      }),
    new Command('blocks').description('list who is blocked').action(async () => {
      blockTable(await all((after) => call(routes.blocks.list, { query: { after } })));
    }),
    new Command('unblock')
      .argument('<block>')
      .description('lift a block')
      .action(async (id: string) => {
        await call(routes.blocks.lift, { params: { id } });
      }),
  ];
}

const NOBODY_ELSE = 'It touches nobody else.';

function touched({ networks, others, spared }: BlockReach): string {
  if (networks === 0) return 'No address of theirs is remembered.';
  const people =
    others === null
      ? 'Of a network of this width nobody can say who wrote from it.'
      : `${counted(others, 'other person', 'other people')} wrote from there this week.`;
  const desk = spared === 0 ? '' : ` (${spared} of them there this week)`;
  return `${people} It holds for everybody who writes from there, but not for those who answer at the desk${desk}.`;
}
