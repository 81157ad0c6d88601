/** The audit from the command line: what was done, a file of it, and whether it is whole. */
import { Command } from 'commander';
import { type OfficeAuditLine } from '../../shared/api/audit.ts';
import { routes } from '../../shared/api/routes.ts';
import { OfficeError } from './office-connection.ts';
import { type OfficeLines, moment } from './office-lines.ts';
import { amount, asTyped } from './typed-ids.ts';

interface ListOptions {
  readonly by?: string;
  readonly act?: string;
  readonly target?: string;
  readonly from?: string;
  readonly to?: string;
  readonly most: number;
}

/** A day, or a day and time. */
function timeOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const at = Date.parse(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00Z` : text);
  if (Number.isNaN(at)) throw new OfficeError(`"${text}" is no time, such as 2026-11-28.`);
  return String(at);
}

/** @param write for what is a file, and no line of a table. */
export function auditCommand(
  { call, line, table, memberId }: OfficeLines,
  write: (text: string) => void,
): Command {
  const audit = new Command('audit')
    .description('what the brand’s people did: every act, by whom, when, why')
    .helpCommand(false);

  audit
    .command('list')
    .description('list the latest acts')
    .option('-b, --by <member>', 'of one member, by name or id, or of the operator', asTyped)
    .option('-a, --act <act>', 'of one kind, such as block-made')
    .option('-t, --target <target>', 'on one thing, such as space:demo', asTyped)
    .option('--from <day>', 'from then on')
    .option('--to <day>', 'before then')
    .option('-n, --most <number>', 'how many', amount, 100)
    .action(async ({ by, act, target, from, to, most }: ListOptions) => {
      const who = by === undefined || by === 'operator' ? by : await memberId(by);
      const filter = { by: who, act, target, from: timeOf(from), to: timeOf(to) };
      const found: OfficeAuditLine[] = [];
      let after: string | null | undefined;
      while (after !== null && found.length < most) {
        const page: { items: readonly OfficeAuditLine[]; next: string | null } = await call(
          routes.audit.list,
          { query: { ...filter, after: after ?? undefined } },
        );
        found.push(...page.items);
        after = page.next;
      }
      table(
        ['line', 'when', 'by', 'act', 'on', 'why'],
        found
          .slice(0, most)
          .map((one) => [
            String(one.n),
            moment(one.at),
            one.by,
            one.act,
            one.target,
            one.why ?? '(blanked)',
          ]),
      );
    });
  audit
    .command('export')
    .description('write every line as JSON, the oldest first, with what verifies it')
    .action(async () => {
      let after = '0';
      for (;;) {
        const text: string = await call(routes.audit.export, { query: { after } });
        const last = text.trimEnd().split('\n').at(-1) ?? '';
        if (last === '') return;
        write(text);
        after = String((JSON.parse(last) as { n: number }).n);
      }
    });
  audit
    .command('verify')
    .description('whether every line is what it was; changes nothing')
    .option('-e, --end <end>', 'where it ended once, as it was told: whether that is still in it')
    .action(async ({ end }: { readonly end?: string }) => {
      const [, n, hash] = /^(\d+):([\w-]{43})$/.exec(end ?? '') ?? [];
      if (end !== undefined && n === undefined)
        throw new OfficeError('An end is a number and a hash, such as "verify" tells it.');
      const found = await call(routes.audit.verify, { query: { n, hash } });
      if (found.broken !== null) line(`Line ${found.broken} is not what it was.`);
      if (found.kept === false) line(`It does not hold ${end}: lines were taken out or changed.`);
      if (found.broken !== null || found.kept === false) process.exitCode = 1;
      else if (found.head === null) line('There is no line yet.');
      else line(`Whole. Keep its end elsewhere: ${found.head.n}:${found.head.hash}`);
    });
  audit
    .command('blank <line>')
    .description('take the reason of a line away for good, such as a name in it')
    .action(async (n: string) => {
      await call(routes.audit.blank, { params: { n } });
    });
  return audit;
}
