/**
 * Imports a chunk once. A browser remembers a failed import, so another try uses another address. After a
 * failure the next call tries again.
 */
export function fetchOnce<T>(load: () => Promise<T>): () => Promise<T> {
  let failedAt: string | undefined;
  let tries = 0;
  let fetching: Promise<T> | undefined;
  const fetch = async (): Promise<T> => {
    if (failedAt !== undefined) {
      return (await import(/* @vite-ignore */ `${failedAt}?again=${++tries}`)) as T;
    }
    try {
      return await load();
    } catch (error) {
      // Chromium and Firefox name the address in the message; Safari tries again by itself.
      failedAt = /https?:\S+\.(?:js|ts)/.exec(String(error))?.[0];
      throw error;
    }
  };
  return () => {
    fetching ??= fetch().catch((error: unknown) => {
      fetching = undefined;
      throw error;
    });
    return fetching;
  };
}
