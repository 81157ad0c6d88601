/** A switch of the desk, and the two that say how it tells that somebody waits. */
import { type TemplateResult, html, nothing } from 'lit';
import type { DeskWords } from '../../locales/desk-words.ts';
import type { DeskState } from '../../store/desk/desk-state.ts';
import type { DeskIntent } from '../desk-intent.ts';

/** What the browser says of notifications. */
export type NotifyPermission = NotificationPermission | 'absent';

export interface SwitchOptions {
  readonly label: string;
  readonly hint: string;
  readonly on: boolean;
  readonly change: (on: boolean) => void;
  /** @default false */
  readonly disabled?: boolean;
}

export interface AlertOptions {
  readonly state: Pick<DeskState, 'sound' | 'notify'>;
  readonly words: DeskWords['settings'];
  readonly permission: NotifyPermission;
  readonly intend: (intent: DeskIntent) => void;
}

export function switchButton(options: SwitchOptions): TemplateResult {
  const { label, hint, on, change, disabled = false } = options;
  return html`<button
    type="button"
    class="switch"
    role="switch"
    aria-checked=${on ? 'true' : 'false'}
    aria-disabled=${disabled ? 'true' : nothing}
    @click=${() => !disabled && change(!on)}
  >
    <span>${label}${hint ? html`<small>${hint}</small>` : nothing}</span><i></i>
  </button>`;
}

export const soundSwitch = ({ state, words, intend }: AlertOptions): TemplateResult =>
  switchButton({
    label: words.sound,
    hint: words.soundHint,
    on: state.sound,
    change: (on) => intend({ do: 'sound', on }),
  });

export function notifySwitch({ state, words, permission, intend }: AlertOptions): TemplateResult {
  const disabled = permission === 'absent' || permission === 'denied';
  const hints: Readonly<Record<NotifyPermission, string>> = {
    absent: words.notifyAbsent,
    denied: words.notifyBlocked,
    default: words.notifyHint,
    granted: '',
  };
  return switchButton({
    label: words.notify,
    hint: hints[permission],
    on: !disabled && state.notify,
    change: (on) => intend({ do: 'notify', on }),
    disabled,
  });
}
