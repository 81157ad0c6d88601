/** This device's name, as its member sees it: browser and system, nothing finer. */
const browsers = [
  ['Edge', /Edg(?:e|A|iOS)?\//],
  ['Opera', /OPR\//],
  ['Firefox', /Firefox\/|FxiOS\//],
  ['Samsung Internet', /SamsungBrowser\//],
  ['Chrome', /Chrome\/|CriOS\//],
  ['Safari', /Safari\//],
] as const;
const systems = [
  ['Android', /Android/],
  ['iPhone', /iPhone/],
  ['iPad', /iPad/],
  ['Windows', /Windows/],
  ['macOS', /Macintosh/],
  ['ChromeOS', /CrOS/],
  ['Linux', /Linux/],
] as const;

const found = (names: typeof browsers | typeof systems, agent: string): readonly string[] =>
  names.filter(([, pattern]) => pattern.test(agent)).map(([name]) => name);

/** Such as `Chrome, Android`; empty if unknown. */
export function deviceLabel(agent: string): string {
  return [found(browsers, agent)[0], found(systems, agent)[0]].filter(Boolean).join(', ');
}
