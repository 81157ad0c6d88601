/** Alerts about what is new: by a sound, and by a notification while the tab is hidden. */
import type { DeskWords } from '../../locales/desk-words.ts';
import type { DeskState } from '../../store/desk/desk-state.ts';
import type { ConversationId } from '../../../shared/ids.ts';
import type { PageBadge } from './page-badge.ts';

export interface DeskAlertsOptions {
  readonly badge: Pick<PageBadge, 'show'>;
  readonly chime: { play(): void; dispose(): void };
  /** Shows a notification; the page's own by default. */
  readonly notify?: (title: string, options: NotificationOptions) => Notification | null;
  readonly hidden?: () => boolean;
  /** Opens the conversation of a notification that was clicked. */
  readonly open: (conversation: ConversationId) => void;
}

export class DeskAlerts {
  readonly #options: DeskAlertsOptions;
  #rung: string | null | undefined;

  constructor(options: DeskAlertsOptions) {
    this.#options = options;
  }

  tell(state: DeskState, words: DeskWords): void {
    const { badge } = this.#options;
    badge.show(state.access.status === 'inside' ? waitingForMe(state) : 0);
    const { bell } = state;
    const first = this.#rung === undefined;
    const fresh = bell !== null && bell.id !== this.#rung;
    this.#rung = bell?.id ?? null;
    // What was there when the desk opened is read on screen, without a sound.
    if (first || !fresh) return;
    if (state.sound) this.#options.chime.play();
    if (state.notify && (this.#options.hidden ?? pageHidden)()) {
      const title = bell.what === 'question' ? words.bell.question : words.bell.message;
      this.#notify(title, bell);
    }
  }

  dispose(): void {
    this.#options.chime.dispose();
    this.#options.badge.show(0);
  }

  #notify(title: string, bell: NonNullable<DeskState['bell']>): void {
    const notify = this.#options.notify ?? pageNotification;
    const shown = notify(title, {
      body: bell.text,
      tag: bell.conversation,
      lang: document.documentElement.lang,
    });
    shown?.addEventListener('click', () => {
      window.focus();
      shown.close();
      this.#options.open(bell.conversation);
    });
  }
}

/** Those who wait, and mine with something unread. */
export const waitingForMe = (state: DeskState): number =>
  state.waiting.length + state.mine.filter(({ unread }) => unread).length;

const pageHidden = (): boolean => document.hidden;

function pageNotification(title: string, options: NotificationOptions): Notification | null {
  if (!('Notification' in window) || Notification.permission !== 'granted') return null;
  try {
    return new Notification(title, options);
  } catch {
    return null; // Android browsers allow them from a service worker only; the badge still tells.
  }
}
