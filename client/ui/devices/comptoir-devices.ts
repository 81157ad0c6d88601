/** The devices of a member: the list, letting another in, joining by a code, and removing one. */
import {
  LitElement,
  type PropertyValues,
  type TemplateResult,
  html,
  nothing,
  unsafeCSS,
} from 'lit';
import { property, state } from 'lit/decorators.js';
import type { DeviceKey } from '../../../shared/ids.ts';
import type { DeviceActs, DevicesState } from '../../store/devices.ts';
import type { LinkCode, MemberDevice } from '../../store/sync-port.ts';
import { once } from '../../locales/format.ts';
import { page } from '../../signals/page.ts';
import { base, tokens } from '../../styles/sheets.ts';
import { define } from '../define.ts';
import { keepFocus } from '../keep-focus.ts';
import { deviceLabel } from './device-label.ts';
import css from './devices.css?inline';
import { type DevicesWords, type LinkProblem, devicesWords } from './devices-words.ts';
import { qrTemplate } from './qr.ts';

type Mode = 'list' | 'show' | 'join';

const CODE_LENGTH = 10;
const day = once((lang) => new Intl.DateTimeFormat(lang, { dateStyle: 'medium' }));
/** How often to update the remaining time, which is shown in minutes. */
const LOOK_EVERY_MS = 5_000;

/** @tag comptoir-devices */
export class ComptoirDevices extends LitElement {
  static override styles = [tokens, base, unsafeCSS(css)];

  @property({ attribute: false }) devices: DevicesState | null = null;
  @property({ attribute: false }) acts: DeviceActs | null = null;
  /** Language of the words, as a BCP 47 tag. */
  @property() locale = 'fr';
  /** A code that came with the page's address: the screen asks whether to use it. */
  @property() code = '';
  /** The prefix of a code in the fragment of an address. */
  @property() fragment = 'comptoir-link';
  /** There is no member to let others in for yet: only joining is offered. */
  @property({ type: Boolean, attribute: 'join-only' }) joinOnly = false;
  /** At the desk: a device there does not join anybody else. */
  @property({ type: Boolean, attribute: 'at-desk' }) atDesk = false;

  @state() private mode: Mode = 'list';
  @state() private shown: LinkCode | null = null;
  @state() private problem: LinkProblem | null = null;
  @state() private busy = false;
  /** Which device was linked just now. */
  @state() private done: 'own' | 'other' | null = null;
  @state() private removing: DeviceKey | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;
  #focus = '';

  constructor() {
    super();
    keepFocus(this, () => this.#focusNow('input, .add, .have'));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#timer = setInterval(() => {
      if (this.mode === 'show') this.requestUpdate();
    }, LOOK_EVERY_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('code') && this.code !== '') this.mode = 'join';
    // Somebody used the code that is shown, so it is void.
    const before = changed.get('devices')?.all.length ?? Infinity;
    if (this.mode !== 'show' || (this.devices?.all.length ?? 0) <= before) return;
    this.#go('list', '');
    this.done = 'other';
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('code') && this.code !== '') this.scrollIntoView({ block: 'nearest' });
    if (this.#focus !== '') this.#focusNow(this.#focus);
    this.#focus = '';
  }

  #focusNow(selector: string): void {
    this.renderRoot.querySelector<HTMLElement>(selector)?.focus();
  }

  get #words(): DevicesWords {
    return devicesWords(this.locale);
  }

  protected override render(): TemplateResult {
    const words = this.#words;
    const online = this.devices?.online ?? false;
    return html`${this.#screen(words, online)}
      <div role="status">
        ${this.done ? html`<p class="done">${words.done[this.done]}</p>` : nothing}
        ${online ? nothing : html`<p class="hint">${words.offline}</p>`}
      </div>
      ${this.mode === 'join' ? nothing : this.#problem(words)}`;
  }

  #problem({ problems }: DevicesWords): TemplateResult {
    return html`<div role="alert" id="problem">
      ${this.problem ? html`<p class="problem">${problems[this.problem]}</p>` : nothing}
    </div>`;
  }

  #screen(words: DevicesWords, online: boolean): TemplateResult {
    if (this.mode === 'show') return this.#show(words);
    if (this.mode === 'join') return this.#join(words, online);
    return this.#list(words, online);
  }

  #list(words: DevicesWords, online: boolean): TemplateResult {
    const off = online && !this.busy ? nothing : 'true';
    const all = this.devices?.all ?? [];
    return html`${
        this.joinOnly
          ? html`<p class="hint">${words.already}</p>`
          : all.length > 1
            ? html`<ul>
                ${all.map((device) => this.#device(device, words, off))}
              </ul>`
            : html`<p class="hint">${words.alone}</p>`
      }
      <div class="pair">
        ${
          this.joinOnly
            ? nothing
            : html`<button
                type="button"
                class="button add"
                aria-disabled=${off}
                @click=${this.#add}
              >
                ${words.add}
              </button>`
        }
        ${
          !this.atDesk
            ? html`<button
                type="button"
                class="button have"
                @click=${() => this.#go('join', 'input')}
              >
                ${words.have}
              </button>`
            : nothing
        }
      </div>`;
  }

  #device(
    { device, label, since }: MemberDevice,
    words: DevicesWords,
    off: 'true' | typeof nothing,
  ): TemplateResult {
    const isOwn = device === this.devices?.own;
    const name = label || words.unnamed;
    const date = day(this.locale).format(since);
    return html`<li data-device=${device}>
      <span class="name"
        >${name}<span class="hint"
          >${isOwn ? `${words.own}, ` : nothing}${words.since(date)}</span
        ></span
      >
      ${
        isOwn
          ? nothing
          : this.removing === device
            ? html`<p class="hint sure" role="alert">${words.removeSure}</p>
                <span class="pair">
                  <button
                    type="button"
                    class="button small keep"
                    @click=${() => this.#keep(device)}
                  >
                    ${words.keep}
                  </button>
                  <button
                    type="button"
                    class="button small danger"
                    aria-disabled=${off}
                    aria-label=${words.remove(name)}
                    @click=${() => this.#remove(device)}
                  >
                    ${words.removeShort}
                  </button>
                </span>`
            : html`<button
                type="button"
                class="button small"
                aria-disabled=${off}
                aria-label=${words.remove(name)}
                @click=${() => this.#askRemove(device)}
              >
                ${words.removeShort}
              </button>`
      }
    </li>`;
  }

  #show(words: DevicesWords): TemplateResult {
    const shown = this.shown;
    const left = shown ? Math.ceil((shown.expires - Date.now()) / 60_000) : 0;
    const url = new URL(page.location.href);
    url.hash = `${this.fragment}=${shown?.code ?? ''}`;
    return html`<div class="share">
        ${
          shown && left > 0
            ? html`${qrTemplate(url.href, words.qr)}
                <p class="hint">${words.showHow}</p>
                <p>
                  <span class="sr">${words.code}</span>
                  <span class="code" dir="ltr"
                    >${shown.code.slice(0, 5)} ${shown.code.slice(5)}</span
                  >
                </p>
                <p class="hint">${words.lasts(left)}</p>`
            : nothing
        }
        <div role="status">${left > 0 ? nothing : html`<p>${words.over}</p>`}</div>
      </div>
      <div class="pair">
        <button type="button" class="button back" @click=${() => this.#go('list', '.add')}>
          ${words.back}
        </button>
        <button
          type="button"
          class="button"
          aria-disabled=${this.busy || !this.devices?.online ? 'true' : nothing}
          @click=${this.#add}
        >
          ${words.another}
        </button>
      </div>`;
  }

  #join(words: DevicesWords, online: boolean): TemplateResult {
    return html`<form novalidate aria-labelledby="join-title" @submit=${this.#use}>
      <p class="title" id="join-title">${words.joinTitle}</p>
      <p class="hint">${words.joinHow}</p>
      ${this.code === '' ? nothing : html`<p>${words.joinSent}</p>`}
      <label
        >${words.joinCode}<input
          name="code"
          dir="ltr"
          autocomplete="off"
          autocapitalize="characters"
          spellcheck="false"
          maxlength="20"
          aria-invalid=${this.problem ? 'true' : nothing}
          aria-describedby="problem"
          .value=${this.code}
      /></label>
      ${this.#problem(words)}
      <div class="pair">
        <button type="button" class="button" @click=${() => this.#go('list', '.have')}>
          ${words.cancel}
        </button>
        <button class="button primary" aria-disabled=${online && !this.busy ? nothing : 'true'}>
          ${this.busy ? words.joining : words.join}
        </button>
      </div>
    </form>`;
  }

  #go(mode: Mode, focus: string): void {
    this.mode = mode;
    this.problem = null;
    this.done = null;
    this.removing = null;
    this.#focusOn(focus);
  }

  /** Once it is drawn. */
  #focusOn(selector: string): void {
    this.#focus = selector;
    this.requestUpdate();
  }

  readonly #add = async (): Promise<void> => {
    if (this.busy || !this.acts || !this.devices?.online) return;
    const { acts, mode } = this;
    await this.#try(async () => {
      const shown = await acts.code(deviceLabel(navigator.userAgent));
      if (this.mode !== mode) return;
      if (shown.code === '') {
        this.problem = 'none-left';
        return;
      }
      this.shown = shown;
      this.#go('show', '.back');
    });
  };

  readonly #use = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const typed = this.renderRoot.querySelector('input')?.value ?? '';
    const code = typed.replaceAll(/[\s-]/g, '');
    if (code.length !== CODE_LENGTH) {
      this.problem = 'missing';
      this.#focusOn('input');
      return;
    }
    const { acts } = this;
    if (this.busy || !acts || !this.devices?.online) return;
    await this.#try(async () => {
      const outcome = await acts.join(code, deviceLabel(navigator.userAgent));
      if (outcome === 'linked') {
        this.#go('list', '.have');
        this.done = 'own';
        this.code = '';
      } else if (this.mode === 'join') {
        this.problem = outcome;
        this.#focusOn('input');
      }
    });
  };

  #askRemove(device: DeviceKey): void {
    this.removing = device;
    this.#focusOn('.keep');
  }

  #keep(device: DeviceKey): void {
    this.removing = null;
    this.#focusOn(`[data-device='${device}'] button`);
  }

  async #remove(device: DeviceKey): Promise<void> {
    if (this.busy || !this.acts || !this.devices?.online) return;
    const { acts } = this;
    await this.#try(async () => {
      await acts.remove(device);
      if (this.removing === device) this.#go('list', '.add');
    });
  }

  /** A failure shows where the action was asked for, or nowhere once the person has left that place. */
  async #try(act: () => Promise<void>): Promise<void> {
    const { mode } = this;
    this.busy = true;
    this.problem = null;
    try {
      await act();
    } catch {
      if (this.mode === mode) this.problem = 'failed';
    } finally {
      this.busy = false;
    }
  }
}

define('comptoir-devices', ComptoirDevices);

declare global {
  interface HTMLElementTagNameMap {
    'comptoir-devices': ComptoirDevices;
  }
}
