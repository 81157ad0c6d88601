/**
 * Logs as JSON lines on standard error: one event a line, never text of people or secrets. The lines are
 * printable ASCII whatever is in them, so nothing from outside moves a terminal's cursor or turns a line.
 */
import type { Log } from './core/ports/log.ts';

export const logLevels = ['error', 'warn', 'info', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** Of one text in a line, a stack included. */
const MOST_LENGTH = 4_000;

export function jsonLog(
  level: LogLevel,
  write: (line: string) => void = (line) => void process.stderr.write(line),
): Log {
  const tell = (at: LogLevel, message: string, fields: Readonly<Record<string, unknown>>): void => {
    if (level === 'silent' || logLevels.indexOf(at) > logLevels.indexOf(level)) return;
    const line = JSON.stringify(
      { time: new Date().toISOString(), level: at, message, ...fields },
      (_, value: unknown) => (typeof value === 'string' ? value.slice(0, MOST_LENGTH) : value),
    );
    write(`${escaped(line)}\n`);
  };
  return {
    info: (message, fields = {}) => tell('info', message, fields),
    warn: (message, fields = {}) => tell('warn', message, fields),
    error: (message, error) => tell('error', message, describe(error)),
  };
}

/** The same JSON, in ASCII. */
const escaped = (line: string): string =>
  line.replaceAll(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

function describe(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: String(error) };
  return {
    error: error.message,
    stack: error.stack,
    ...(error.cause instanceof Error ? { cause: error.cause.message } : {}),
  };
}
