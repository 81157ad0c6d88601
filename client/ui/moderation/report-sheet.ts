/** The sheet that reports a message of a thread: for which one it is open, and where the focus goes back to. */
import {
  type ReactiveController,
  type ReactiveControllerHost,
  type TemplateResult,
  html,
  nothing,
} from 'lit';
import type { EntryId } from '../../../shared/ids.ts';
import { moderationWords } from '../../locales/moderation-words.ts';
import { messageIn } from '../../store/conversation/message-in.ts';
import type { ThreadMessage, ThreadState } from '../../store/conversation/thread-state.ts';
import { ReportEvent, UnreportEvent } from '../events/report-event.ts';
import './comptoir-report.ts';

type Host = ReactiveControllerHost &
  EventTarget & { readonly renderRoot: ParentNode & Partial<DocumentOrShadowRoot> };

export class ReportSheet implements ReactiveController {
  readonly #host: Host;
  #target: EntryId | null = null;
  #before: HTMLElement | null = null;

  constructor(host: Host) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.drop();
  }

  /** The message; null while it is closed. */
  get target(): EntryId | null {
    return this.#target;
  }

  show(messageId: string): void {
    const { activeElement } = this.#host.renderRoot;
    this.#before = activeElement instanceof HTMLElement ? activeElement : null;
    this.#set(messageId as EntryId);
    void this.#host.updateComplete.then(() =>
      this.#host.renderRoot.querySelector<HTMLElement>('comptoir-report')?.focus(),
    );
  }

  close(): void {
    this.#set(null);
    void this.#host.updateComplete.then(() => this.#before?.focus({ preventScroll: true }));
  }

  /** Something else shows: the focus is not its own any more. */
  drop(): void {
    this.#set(null);
  }

  render(thread: ThreadState | null, locale: string): TemplateResult | typeof nothing {
    const target = this.#target;
    if (target === null || !thread) return nothing;
    return html`<comptoir-report
      exportparts="card"
      .target=${target}
      .text=${messageIn(thread, target)?.text ?? ''}
      .report=${thread.reporting?.reports[target] ?? null}
      ?hides=${thread.reporting?.hides === true}
      .locale=${locale}
      @comptoir-report=${({ report }: ReportEvent) =>
        this.#host.dispatchEvent(new ReportEvent(report))}
      @comptoir-unreport=${({ messageId }: UnreportEvent) =>
        this.#host.dispatchEvent(new UnreportEvent(messageId))}
      @close=${() => this.close()}
    ></comptoir-report>`;
  }

  #set(target: EntryId | null): void {
    if (this.#target === target) return;
    this.#target = target;
    this.#host.requestUpdate();
  }
}

/** What a message's menu calls it. */
export function reportLabel(
  thread: ThreadState | null,
  { id }: Pick<ThreadMessage, 'id'>,
  locale: string,
): string {
  const words = moderationWords(locale);
  return thread?.reporting?.reports[id] ? words.reported : words.report;
}
