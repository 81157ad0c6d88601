/** `doctor`: what keeps the chat from working on a page. */
import { Command } from 'commander';
import type { Finding } from '../doctor/examine-page.ts';

export type ExaminePage = (address: string) => Promise<readonly Finding[]>;

/** It ends with 1 when something is wrong. */
export const doctorCommand = (examine: ExaminePage, line: (text: string) => void): Command =>
  new Command('doctor')
    .description(
      'read a live page as a browser would, and say what keeps the chat from working there',
    )
    .requiredOption('-p, --page <address>', 'the page that has the chat on it')
    .action(async ({ page }: { readonly page: string }) => {
      const found = await examine(page);
      if (found.length === 0) {
        line('Nothing is wrong: page, snippet, script, policy, relay, proxy and origins fit.');
        return;
      }
      for (const { about, wrong, paste } of found) {
        line(printable(`${about}: ${wrong}`));
        if (paste) line(printable(`    ${paste}`));
      }
      process.exitCode = 1;
    });

/** What a page wrote must not command the terminal. */
const printable = (text: string): string => text.replaceAll(/\p{Cc}/gu, ' ');
