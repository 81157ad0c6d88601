/** Notices of what is unlawful: to read them, and to decide. */
import { Command } from 'commander';
import { routes } from '../../shared/api/routes.ts';
import { type OfficeLines, all, moment } from './office-lines.ts';

export function noticeCommands({ call, table }: OfficeLines): Command[] {
  return [
    new Command('notices')
      .description('list the notices of unlawful content that wait')
      .option('-d, --decided', 'those that were decided')
      .action(async ({ decided }: { readonly decided?: true }) => {
        const query = { decided: decided ? '1' : '0' } as const;
        const found = await all((after) =>
          call(routes.notices.list, { query: { ...query, after } }),
        );
        table(
          ['notice', 'when', 'what', 'where', 'why', 'who', 'decision'],
          found.map(({ reference, at, kind, place, why, name, email, decision }) => [
            reference,
            moment(at),
            kind,
            place,
            why.replaceAll(/\s+/g, ' '),
            `${name} ${email}`.trim(),
            decision ? `${decision.upheld ? 'upheld' : 'rejected'}: ${decision.reason}` : '',
          ]),
        );
      }),
    new Command('decide-notice')
      .argument('<notice>', 'its reference')
      .addArgument(new Command().createArgument('<decision>').choices(['upheld', 'rejected']))
      .argument('<reason>', 'to be told to whoever sent it')
      .description('decide a notice, once; write to whoever sent it yourself')
      .action(async (id: string, decision: string, reason: string) => {
        const body = { upheld: decision === 'upheld', reason };
        await call(routes.notices.decide, { params: { id }, body });
      }),
  ];
}
