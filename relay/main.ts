/** The relay's process: reads the configuration, starts, tells where to click, stops on a signal. */
import { resolve } from 'node:path';
import { ConfigError, readConfig } from './config.ts';
import { createRelay } from './create-relay.ts';
import { invite } from './invite.ts';
import { jsonLog } from './json-log.ts';

/** A disk that never answers must not keep the process. */
const STOP_MS = 10_000;

async function main(command: string | undefined): Promise<void> {
  if (command !== undefined && command !== 'invite')
    throw new ConfigError([`"${command}" is not a command; "invite" is`]);
  const config = readConfig(process.env);
  const log = jsonLog(config.logLevel);
  if (command === 'invite') {
    process.stdout.write(`${await invite(config)}\n`);
    return;
  }
  const relay = await createRelay(config, { log });
  const stop = (): void => {
    setTimeout(() => process.exit(1), STOP_MS).unref();
    relay.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error('did not stop cleanly', error);
        process.exit(1);
      },
    );
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  await relay.listen();
  process.stdout.write(
    `Demo shop         ${relay.url}/\n` +
      `Helper invitation ${await relay.inviteLink()}\n` +
      `Data              ${resolve(config.data)}\n`,
  );
}

main(process.argv[2]).catch((error: unknown) => {
  const text =
    error instanceof ConfigError
      ? error.message
      : String(error instanceof Error ? error.stack : error);
  process.stderr.write(`${text}\n`);
  process.exit(1);
});
