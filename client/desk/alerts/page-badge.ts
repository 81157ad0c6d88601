/** Shows how many wait where the desk itself is out of sight: title, tab icon, app icon. */
export interface PageBadgeOptions {
  readonly page: Document;
  readonly name: string;
  /** Addresses of the tab's icon, quiet and with somebody waiting. */
  readonly icons: { readonly quiet: string; readonly waiting: string };
}

/** The app icon's badge; not in every browser. */
interface AppBadge {
  setAppBadge?(count: number): Promise<void>;
  clearAppBadge?(): Promise<void>;
}

export class PageBadge {
  readonly #options: PageBadgeOptions;
  #count: number | undefined;

  constructor(options: PageBadgeOptions) {
    this.#options = options;
  }

  show(count: number): void {
    if (this.#count === count) return;
    this.#count = count;
    const { page, name, icons } = this.#options;
    page.title = count > 0 ? `(${count}) ${name}` : name;
    const link = page.querySelector<HTMLLinkElement>('link[rel="icon"]');
    const icon = count > 0 ? icons.waiting : icons.quiet;
    if (link && link.getAttribute('href') !== icon) link.setAttribute('href', icon);
    const app: AppBadge = navigator;
    // A browser may refuse a badge (no permission, not installed): the title still tells.
    const marked = count > 0 ? app.setAppBadge?.(count) : app.clearAppBadge?.();
    marked?.catch(() => undefined);
  }
}
