/** A page of a stranger's site that embeds the widget as the docs say. */
export interface EmbedOptions {
  /** Where the script comes from; the page's own origin when empty. */
  readonly scripts?: string;
  /** The relay's address; the page's own origin when empty. */
  readonly relay: string;
  readonly community: string;
  readonly space?: string;
  /** More HTML for the body. */
  readonly body?: string;
  /** What the element holds, such as the page's contact link. */
  readonly inside?: string;
  /** Whether the page's scripts have replaced the builtins. @default false */
  readonly hostile?: boolean;
}

/** What a page gives a visitor whom the chat cannot serve, for `inside`. */
export const CONTACT_LINK = '<a slot="fallback" href="/contact">Contact</a>';

/** Served by every static host: see hostile-page.js. */
export const HOSTILE_SCRIPT = '/hostile-page.js';

export function embedPage(options: EmbedOptions): string {
  const {
    scripts = '',
    relay,
    community,
    space = 'demo',
    body = '',
    inside = '',
    hostile = false,
  } = options;
  return `<!doctype html>
<html lang="fr">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>A page of a shop</title>
    ${hostile ? `<script src="${HOSTILE_SCRIPT}"></script>` : ''}
    <script type="module" src="${scripts}/comptoir.js"></script>
  </head>
  <body>
    <h1>A page of a shop</h1>
    <button id="buy">Buy</button>
    ${body}
    <comptoir-chat relay="${relay}" community="${community}" space="${space}">${inside}</comptoir-chat>
  </body>
</html>`;
}

/** The community's fingerprint, as an installer reads it. */
export async function communityOf(relay: string): Promise<string> {
  const answer = await fetch(`${relay}/api/community`);
  const community = (await answer.json()) as { fingerprint: string };
  return community.fingerprint;
}
