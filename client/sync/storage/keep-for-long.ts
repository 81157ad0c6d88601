/** Asks the browser not to clear what is kept, now that there is something to lose. */
export function keepForLong(): void {
  navigator.storage?.persist?.().catch(() => {}); // it may say no, or not know the question
}
