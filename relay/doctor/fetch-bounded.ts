/** Fetches what a stranger serves: so many bytes, so long, so many redirects, and a reason when it fails. */

export interface Fetched {
  readonly url: URL;
  readonly status: number;
  readonly headers: Headers;
  /** Its beginning, if there is more than `mostBytes`. */
  readonly text: string;
}

/** Why nothing came. */
export interface FetchFault {
  readonly kind: 'certificate' | 'slow' | 'redirects' | 'no-address' | 'unreachable';
  readonly detail: string;
}

export interface FetchOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** @default 2000000 */
  readonly mostBytes?: number;
  /** For all of it, redirects included. @default 10000 */
  readonly timeoutMs?: number;
}

const MOST_REDIRECTS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** Codes of Node and OpenSSL that mean: the certificate is not good for this name. */
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|ERR_TLS/;

export async function fetchBounded(
  address: URL,
  { headers = {}, mostBytes = 2_000_000, timeoutMs = 10_000 }: FetchOptions = {},
): Promise<Fetched | FetchFault> {
  const signal = AbortSignal.timeout(timeoutMs);
  let url = address;
  try {
    for (let turn = 0; turn <= MOST_REDIRECTS; turn++) {
      const response = await fetch(url, { headers, redirect: 'manual', signal });
      const to = response.headers.get('location');
      if (!REDIRECTS.has(response.status) || to === null || !URL.canParse(to, url)) {
        const text = await beginningOf(response, mostBytes);
        return { url, status: response.status, headers: response.headers, text };
      }
      await response.body?.cancel();
      url = new URL(to, url);
      if (!/^https?:$/.test(url.protocol)) break;
    }
    return { kind: 'redirects', detail: url.href };
  } catch (error) {
    return faultOf(error);
  }
}

export const failed = (given: Fetched | FetchFault): given is FetchFault => 'kind' in given;

async function beginningOf(response: Response, most: number): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    const left = (chunk as Uint8Array).subarray(0, most - bytes);
    text += decoder.decode(left, { stream: true });
    bytes += left.length;
    if (bytes >= most) break; // which lets go of the rest
  }
  return text;
}

/** What went wrong, from what Node tells. */
export function faultOf(error: unknown): FetchFault {
  const { name, cause, code: own = '' } = error as Error & { code?: string };
  if (name === 'TimeoutError') return { kind: 'slow', detail: '' };
  const { code = own, message } = (cause ?? error) as Error & { code?: string };
  if (CERTIFICATE.test(code)) return { kind: 'certificate', detail: `${code}: ${message}` };
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return { kind: 'no-address', detail: code };
  return { kind: 'unreachable', detail: code || message };
}
