/** Why a relay did not start, in one line that says what to do. */
import type { Config } from './config.ts';
import { faultOf, DataFault } from './platform/data-fault.ts';

type Address = Pick<Config, 'host' | 'port'>;

/** Errors of listening, by their code. */
const listening: Readonly<Record<string, (address: Address) => string>> = {
  EADDRINUSE: ({ host, port }) =>
    `Port ${port} of ${host} is in use: stop the program that listens there, or set COMPTOIR_PORT to another port.`,
  EACCES: ({ port }) =>
    `Port ${port} is not for this user to open: set COMPTOIR_PORT to a port from 1024 on, behind a proxy.`,
  EADDRNOTAVAIL: noHost,
  ENOTFOUND: noHost,
  EAI_AGAIN: noHost,
  EINVAL: noHost,
  EAFNOSUPPORT: noHost,
};

function noHost({ host }: Address): string {
  return `${host} is no address of this machine: set COMPTOIR_HOST to one of them, such as 127.0.0.1, or to 0.0.0.0 for all.`;
}

/** The line, if it is a fault of the machine or its settings; undefined if it is one of ours. */
export function startFault(error: unknown, config: Config): string | undefined {
  if (error instanceof DataFault) return error.message;
  if (!(error instanceof Error)) return undefined;
  const { code = '', syscall = '' } = error as NodeJS.ErrnoException;
  if (syscall === 'listen' || syscall === 'bind' || syscall === 'getaddrinfo')
    return listening[code]?.(config);
  const fault = faultOf(error, config.data);
  return fault instanceof DataFault ? fault.message : undefined;
}
