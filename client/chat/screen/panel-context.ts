/** What every screen of the panel gets. */
import type { TemplateResult, nothing } from 'lit';
import type { ChatWords } from '../../locales/chat-fr.ts';
import type { CommonWords } from '../../locales/common-fr.ts';
import type { ChatState, ChatStore, ChatView } from '../../store/chat/chat-state.ts';
import type { DeviceActs } from '../../store/devices.ts';
import type { Reporting } from '../../store/moderation/moderation-state.ts';

export type ScreenPart = (context: PanelContext) => TemplateResult | typeof nothing;

export interface PanelContext {
  readonly state: ChatState;
  readonly words: ChatWords;
  readonly common: CommonWords;
  readonly now: number;
  /** In the flow of a page: nothing to close. */
  readonly inline: boolean;
  readonly busy: boolean;
  /** Parts of the first screen that come after it; null until then. */
  readonly attributesLine: ScreenPart | null;
  readonly openSection: ScreenPart | null;
  /** What was decided about words that show nowhere. */
  readonly noticeList: ScreenPart | null;
  /** The devices among the settings, which come after those; null until then. */
  readonly deviceList: ((context: PanelContext, code: string) => TemplateResult) | null;
  show(view: ChatView): void;
  openSettings(charter?: boolean): void;
  /** Closes the innermost level: a card, the settings, a view, or from the first view the chat. */
  readonly back: () => void;
  /** A level was opened or closed otherwise. */
  readonly moved: () => void;
  close(): void;
  readonly draft: ChatStore['setDraft'];
  /** Puts a suggested question into the composer. */
  suggest(text: string): void;
  send(text: string): void;
  withdraw(messageId: string): void;
  edit(messageId: string): void;
  /** Decisions and reports, once their code has loaded. */
  readonly moderation: ChatStore['moderation'];
  report(report: Reporting): void;
  setClosed(closed: boolean): void;
  setSound(sound: boolean): void;
  setLang(lang: string | null): void;
  dismissInvitation(): void;
  retry(): void;
  readonly devices: DeviceActs;
  erase(): void;
}
