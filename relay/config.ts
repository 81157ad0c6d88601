/** The relay's configuration: the `COMPTOIR_*` variables of `settings.ts`, all checked at once. */
import { readFileSync, statSync } from 'node:fs';
import * as v from 'valibot';
import { type Setting, settings, variablesOf } from './settings.ts';

type Settings = typeof settings;

export type Config = {
  readonly [Name in keyof Settings]: Settings[Name] extends Setting<infer Value> ? Value : never;
};

type Environment = Readonly<Record<string, string | undefined>>;

/** Everything that is wrong with a configuration, a line each. */
export class ConfigError extends Error {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(problems.map((problem) => `Wrong setting: ${problem}`).join('\n'));
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

const known = Object.values<Setting>(settings)
  .flatMap(variablesOf)
  .filter((name) => name.startsWith('COMPTOIR_'));

/** Variables of our own tools, not of the relay. */
const isTool = (name: string): boolean => /^COMPTOIR_(DEV|TEST|FUZZ|E2E|BENCH)_/.test(name);

/** @throws {ConfigError} with one line for each problem, saying what is allowed. */
export function readConfig(env: Environment): Config {
  const problems: string[] = [];
  const read = Object.entries<Setting>(settings).map(([name, setting]) => [
    name,
    valueOf(setting, env, problems),
  ]);
  const config = Object.fromEntries(read) as Config;
  if (config.identitySecret !== null && config.identityJwks !== null) {
    problems.push('COMPTOIR_IDENTITY_SECRET and COMPTOIR_IDENTITY_JWKS: set one of them, not both');
  }
  // Otherwise a misspelt name would be ignored silently.
  for (const name of Object.keys(env)) {
    if (!name.startsWith('COMPTOIR_') || known.includes(name) || isTool(name)) continue;
    problems.push(`${name} is not known; known are ${known.join(', ')}`);
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

/** The value of a setting; its default if it is not set, or not allowed. */
function valueOf(setting: Setting, env: Environment, problems: string[]): unknown {
  const name = variablesOf(setting).find((name) => (env[name]?.trim() ?? '') !== '');
  if (name === undefined) return setting.fallback;
  const given = env[name]?.trim() ?? '';
  const isFile = setting.isSecret === true && name.endsWith('_FILE');
  const text = isFile ? readSecret(name, given, problems) : given;
  if (text === undefined) return setting.fallback;
  const { success, output, issues } = v.safeParse(setting.schema, text);
  for (const { input, message } of issues ?? []) {
    const shown = setting.isSecret
      ? isFile
        ? `what ${given} holds`
        : 'its value'
      : JSON.stringify(String(input).slice(0, 100));
    problems.push(`${name}: ${shown} is not allowed; it must be ${message}`);
  }
  return success ? output : setting.fallback;
}

/** A secret from a file that nobody else may read. */
function readSecret(name: string, path: string, problems: string[]): string | undefined {
  try {
    if ((statSync(path).mode & 0o077) !== 0 && process.platform !== 'win32')
      problems.push(`${name}: others may read ${path}; it must have mode 0600`);
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    problems.push(`${name}: ${path} cannot be read (${(error as Error).message})`);
    return undefined;
  }
}
