/** What the brand's page tells about a visitor, as it comes over the wire: a JSON object of texts. */

/** Its texts by name; whatever else is in it is left out. */
export function attributesIn(json: string): Readonly<Record<string, string>> {
  try {
    const given: unknown = JSON.parse(json);
    if (typeof given !== 'object' || given === null) return {};
    return Object.fromEntries(
      Object.entries(given).filter((one): one is [string, string] => typeof one[1] === 'string'),
    );
  } catch {
    return {}; // not JSON: a page's mistake, and nothing to show
  }
}
