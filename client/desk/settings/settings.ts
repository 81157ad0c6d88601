/** What a helper chooses: alerts, language, keys; and leaving this device. */
import { type TemplateResult, html, nothing } from 'lit';
import { property, state as reactive } from 'lit/decorators.js';
import type { DeskState } from '../../store/desk/desk-state.ts';
import { avatar } from '../../ui/avatar.ts';
import { define } from '../../ui/define.ts';
import { penLineIcon } from '../../ui/more-icons.ts';
import { roleBadge } from '../../ui/role-badge.ts';
import '../../ui/devices/comptoir-devices.ts';
import { devicesWords } from '../../ui/devices/devices-words.ts';
import { keyboardIcon } from '../desk-icons.ts';
import { SidePane, paneSheets } from '../side-pane.ts';
import dialogCss from '../keys/keys.css?inline';
import css from './settings.css?inline';
import { type NotifyPermission, notifySwitch, soundSwitch, switchButton } from './switches.ts';

/** @tag comptoir-desk-settings */
export class ComptoirDeskSettings extends SidePane {
  static override styles = paneSheets(dialogCss, css);

  @property({ attribute: false }) singleKeys = true;
  /** What the browser says of notifications. */
  @property({ attribute: false }) permission: NotifyPermission = 'default';

  @reactive() private erasing = false;

  protected override render(): TemplateResult | typeof nothing {
    const { state, words } = this;
    if (!state) return nothing;
    const { settings } = words;
    const { permission } = this;
    const alerts = { state, words: settings, permission, intend: this.intend.bind(this) };
    const choices = html`
      ${this.#me(state)}
      <section class="section">
        <h3>${settings.alerts}</h3>
        ${soundSwitch(alerts)} ${notifySwitch(alerts)}
      </section>
      <section class="section">
        <h3><label for="language">${settings.language}</label></h3>
        <select id="language" @change=${this.#lang}>
          <option value="" ?selected=${state.lang === null}>${settings.systemLanguage}</option>
          <option value="fr" lang="fr" ?selected=${state.lang === 'fr'}>Français</option>
          <option value="en" lang="en" ?selected=${state.lang === 'en'}>English</option>
        </select>
      </section>
      <section class="section">
        <h3>${settings.keyboard}</h3>
        ${switchButton({
          label: settings.singleKeys,
          hint: settings.singleKeysHint,
          on: this.singleKeys,
          change: (on) => this.intend({ do: 'single-keys', on }),
        })}
        <button type="button" class="button small" @click=${() => this.intend({ do: 'help' })}>
          ${keyboardIcon}${settings.showKeys}
        </button>
      </section>
      <section class="section">
        <h3>${devicesWords(this.language).title}</h3>
        <comptoir-devices
          at-desk
          locale=${this.language}
          fragment="link"
          .devices=${state.devices}
          .acts=${this.devices}
        ></comptoir-devices>
      </section>
      <section class="section">
        <h3>${settings.device}</h3>
        <p class="hint">${settings.deviceHint(state.keptConversations)}</p>
        <button
          type="button"
          class="button small danger erase"
          @click=${() => this.#dialog?.showModal()}
        >
          ${settings.erase}
        </button>
      </section>
    `;
    return html`${this.pane(settings.title, choices)} ${this.#confirm(state)}`;
  }

  #me(state: DeskState): TemplateResult | typeof nothing {
    if (!state.me || state.access.status !== 'inside') return nothing;
    const { settings } = this.words;
    return html`<section class="section">
      <div class="me">
        ${avatar(state.me, 'l')}
        <div>
          <b>${state.me.name}</b>${roleBadge(state.me.role, this.common)}
          <p class="hint">
            ${settings.card} ${settings.until(this.common.time(state.access.grantExpires))}
          </p>
        </div>
      </div>
      <button
        type="button"
        class="button small my-card"
        @click=${() => this.intend({ do: 'show', side: 'card' })}
      >
        ${penLineIcon}${this.words.card.open}
      </button>
    </section>`;
  }

  #confirm(state: DeskState): TemplateResult {
    const { settings } = this.words;
    return html`<dialog
      aria-labelledby="erase-title"
      aria-describedby="erase-text"
      @keydown=${(event: KeyboardEvent) => event.key === 'Escape' && event.stopPropagation()}
    >
      <div class="body">
        <h2 id="erase-title"><b>${settings.eraseTitle}</b></h2>
        <p id="erase-text">${settings.eraseText(state.unsent.length)}</p>
        <div class="buttons">
          <button type="button" class="button" autofocus @click=${() => this.#dialog?.close()}>
            ${settings.cancel}
          </button>
          <button type="button" class="button danger confirm" @click=${this.#erase}>
            ${this.erasing ? settings.erasing : settings.eraseConfirm}
          </button>
        </div>
      </div>
    </dialog>`;
  }

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog');
  }

  get dialogOpen(): boolean {
    return this.#dialog?.open ?? false;
  }

  readonly #erase = (): void => {
    if (this.erasing) return;
    this.erasing = true;
    this.intend({ do: 'erase' });
  };

  readonly #lang = (event: Event): void => {
    const { value } = event.target as HTMLSelectElement;
    this.intend({ do: 'lang', lang: value === '' ? null : value });
  };
}

define('comptoir-desk-settings', ComptoirDeskSettings);

declare global {
  interface HTMLElementTagNameMap {
    'comptoir-desk-settings': ComptoirDeskSettings;
  }
}
