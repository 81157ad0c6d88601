/** Logs as JSON lines on standard error: one event a line, never text of people or secrets. */
import type { Log } from './core/ports/log.ts';

export const logLevels = ['error', 'warn', 'info', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

export function jsonLog(level: LogLevel): Log {
  const write = (
    at: LogLevel,
    message: string,
    fields: Readonly<Record<string, unknown>>,
  ): void => {
    if (level === 'silent' || logLevels.indexOf(at) > logLevels.indexOf(level)) return;
    const line = JSON.stringify({ time: new Date().toISOString(), level: at, message, ...fields });
    process.stderr.write(`${line}\n`);
  };
  return {
    info: (message, fields = {}) => write('info', message, fields),
    warn: (message, fields = {}) => write('warn', message, fields),
    error: (message, error) => write('error', message, describe(error)),
  };
}

function describe(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: String(error) };
  return {
    error: error.message,
    stack: error.stack,
    ...(error.cause instanceof Error ? { cause: error.cause.message } : {}),
  };
}
