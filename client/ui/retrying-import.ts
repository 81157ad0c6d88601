/** Imports a lazy part. A browser remembers a failed import, so another try takes another address. */
export function retryingImport<T>(load: () => Promise<T>): () => Promise<T> {
  let failedAt: string | undefined;
  let tries = 0;
  return async () => {
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
}
