/** Which encoding of a file a browser wants most (RFC 9110 §12.5.3). */
export type Encoding = 'br' | 'gzip';

/** The smallest first: it wins if a browser wants several equally. */
export const encodings: readonly Encoding[] = ['br', 'gzip'];

/** `null`: as it is. Nobody is refused a file because of what they accept. */
export function acceptedEncoding(
  header: string | undefined,
  has: (encoding: Encoding) => boolean,
): Encoding | null {
  const weights = weightsOf(header ?? '');
  let best: Encoding | null = null;
  let most = 0;
  for (const encoding of encodings) {
    const weight = weights.get(encoding) ?? weights.get('*') ?? 0;
    if (weight <= most || !has(encoding)) continue;
    best = encoding;
    most = weight;
  }
  return best;
}

function weightsOf(header: string): ReadonlyMap<string, number> {
  const weights = new Map<string, number>();
  for (const item of header.split(',')) {
    const [name = '', ...parameters] = item.split(';').map((part) => part.trim().toLowerCase());
    const weight = Number(parameters.find((part) => part.startsWith('q='))?.slice(2) ?? 1);
    // An unreadable weight counts as not accepted. The plain file is always accepted.
    weights.set(name, weight >= 0 && weight <= 1 ? weight : 0);
  }
  return weights;
}
