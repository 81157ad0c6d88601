/** What a page's HTML says of the chat: its element, its scripts, its policy. */
import { type DefaultTreeAdapterTypes, parse } from 'parse5';

type Node = DefaultTreeAdapterTypes.Node;
type Attributes = Readonly<Record<string, string>>;

export interface PageParts {
  /** The attributes of each `<comptoir-chat>`. */
  readonly chats: readonly Attributes[];
  /** Of each script with an address. */
  readonly scripts: readonly Attributes[];
  /** Policies in the page itself. */
  readonly policies: readonly string[];
  /** Of a `<base>`. */
  readonly base: string;
}

/** Without recursion: a hostile page may nest as deep as it is long. */
export function readPage(html: string): PageParts {
  const chats: Attributes[] = [];
  const scripts: Attributes[] = [];
  const policies: string[] = [];
  let base = '';
  const left: Node[] = [parse(html)];
  for (let node = left.pop(); node; node = left.pop()) {
    if ('childNodes' in node) left.push(...node.childNodes.toReversed());
    if (!('tagName' in node)) continue;
    const attributes = Object.fromEntries(node.attrs.map(({ name, value }) => [name, value]));
    const { src, content = '', href = '' } = attributes;
    const isPolicy = attributes['http-equiv']?.toLowerCase() === 'content-security-policy';
    if (node.tagName === 'comptoir-chat') chats.push(attributes);
    else if (node.tagName === 'script' && src !== undefined) scripts.push(attributes);
    else if (node.tagName === 'meta' && isPolicy) policies.push(content);
    else if (node.tagName === 'base') base ||= href;
  }
  return { chats, scripts, policies, base };
}
