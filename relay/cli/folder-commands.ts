/** What the command line does with the data folder as a whole: backup, verify, restore. */
import { Command } from 'commander';
import type { Restored } from '../folder/restore.ts';
import { KEPT_DAYS } from '../folder/kept-copies.ts';
import type { Verified } from '../folder/verify.ts';
import { counted } from './office-lines.ts';

export interface FolderCommands {
  readonly backUp: (to: string) => Promise<Verified>;
  /** @param folder the data folder if it is not given. */
  readonly verify: (folder: string | undefined) => Promise<Verified>;
  readonly restore: (from: string) => Promise<Restored>;
}

/** The commands; they end with 1 when something is wrong. */
export function folderCommands(
  { backUp, verify, restore }: FolderCommands,
  line: (text: string) => void,
): Command[] {
  return [
    new Command('backup')
      .argument('<folder>', 'the folder to make; it must not exist yet')
      .description('copy everything into a folder, while the relay runs or not, and check the copy')
      .action(async (to: string) => {
        const made = await backUp(to);
        line(`Backup of community ${made.community} in ${to}: ${sizeOf(made)}.`);
        if (made.audit !== null) line(`The audit ends at ${made.audit}: keep that elsewhere.`);
        line('It holds the community’s private key: keep it as secret as the server.');
      }),
    new Command('verify')
      .argument('[folder]', 'a backup (default: the data folder, while the relay runs or not)')
      .description('check every page, room, receipt and signature; changes nothing')
      .action(async (folder: string | undefined) => {
        const found = await verify(folder);
        for (const problem of found.problems) line(problem);
        if (found.problems.length > 0) {
          line('Damaged: restore the newest backup that verifies.');
          process.exitCode = 1;
          return;
        }
        const when = found.made === null ? '' : `, made ${found.made}`;
        line(
          `Whole: community ${found.community}, data version ${found.version}${when}: ${sizeOf(found)}.`,
        );
        if (found.audit !== null) line(`The audit ends at ${found.audit}: keep that elsewhere.`);
      }),
    new Command('restore')
      .argument('<backup>', 'a folder that "backup" made')
      .description('put a backup in place of the data folder; no relay may run on it')
      .action(async (from: string) => {
        const done = await restore(from);
        line(`Restored community ${done.community}: ${sizeOf(done)}.`);
        if (done.erasedSince > 0)
          line(
            `${counted(done.erasedSince, 'entry that was withdrawn since the backup stays', 'entries that were withdrawn since the backup stay')} withdrawn.`,
          );
        if (done.kept !== null)
          line(
            `What was there before is in ${done.kept}: the relay deletes it after ${KEPT_DAYS} days.`,
          );
        line('Start the relay: browsers give back what the backup lacks as they connect.');
      }),
  ];
}

function sizeOf({ rooms, entries, bytes }: Verified): string {
  return `${counted(rooms, 'room')}, ${counted(entries, 'entry', 'entries')}, ${(bytes / 1e6).toFixed(1)} MB`;
}
