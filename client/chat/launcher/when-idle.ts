/** Calls back once the page has nothing else to do, or soon. */
export const whenIdle = (work: () => void): void => {
  try {
    if ('requestIdleCallback' in window) requestIdleCallback(work, { timeout: 2_000 });
    else setTimeout(work, 200);
  } catch {
    work(); // the page's own clock does not work
  }
};
