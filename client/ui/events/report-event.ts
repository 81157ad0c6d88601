/** Report a message, or take a report back. Stays inside our shadow root: the host page does not see it. */
import type { EntryId } from '../../../shared/ids.ts';
import type { Reporting } from '../../store/moderation/moderation-state.ts';

export class ReportEvent extends Event {
  readonly report: Reporting;
  constructor(report: Reporting) {
    super('comptoir-report', { bubbles: true });
    this.report = report;
  }
}

/** The report never left, and should not. */
export class UnreportEvent extends Event {
  readonly messageId: EntryId;
  constructor(messageId: EntryId) {
    super('comptoir-unreport', { bubbles: true });
    this.messageId = messageId;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'comptoir-report': ReportEvent;
    'comptoir-unreport': UnreportEvent;
  }
}
