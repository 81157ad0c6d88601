/** Texts that follow a grammar of their own: an address of the web, a language. */

/**
 * Whether a page's address is what a browser writes: printable ASCII, and nobody's name before the host,
 * which would make one site look like another.
 */
export const isWebAddress = (text: string): boolean =>
  /^https?:\/\/(?![^/?#\\]*@)[!-~]+$/i.test(text);

/** Whether it looks like a BCP 47 tag, such as `fr` or `zh-Hant-TW`. */
export const isLanguageTag = (text: string): boolean =>
  text.length <= 35 && /^[a-z]{1,8}(-[a-z\d]{1,8})*$/i.test(text);
