// The table of settings in docs/configuration.md.
import { settings, variablesOf } from '../../relay/settings.ts';

export const settingsTable = () =>
  [
    '| variable | what for | default |',
    '| --- | --- | --- |',
    ...Object.values(
      /** @type {Record<string, import('../../relay/settings.ts').Setting>} */ (settings),
    ).map(row),
  ].join('\n');

/** @param {import('../../relay/settings.ts').Setting} setting */
function row(setting) {
  const { about, fallback, shown = `\`${fallback}\``, unit } = setting;
  const names = variablesOf(setting).map((name) => `\`${name}\``);
  return `| ${names.join(', or ')} | ${about} | ${shown}${unit === undefined ? '' : ` ${unit}`} |`;
}
