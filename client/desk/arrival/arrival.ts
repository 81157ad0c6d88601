/** Before the desk: an invitation to take up, or where to get one. */
import { type TemplateResult, html, nothing, unsafeCSS } from 'lit';
import { property, state as reactive } from 'lit/decorators.js';
import { Limits } from '../../../shared/limits.ts';
import { cleanLine } from '../../../shared/text/plain-line.ts';
import { type InvitationProblem, passing } from '../../store/desk/entrance/invitation-api.ts';
import type { DeskAccess } from '../../store/desk/entrance/entrance.ts';
import { once } from '../../locales/format.ts';
import { localText } from '../../store/space.ts';
import type { DeviceEnd } from '../../store/sync-port.ts';
import { define } from '../../ui/define.ts';
import { refreshCwIcon } from '../../ui/icons.ts';
import { markIcon } from '../../ui/more-icons.ts';
import '../../ui/devices/comptoir-devices.ts';
import { DeskElement } from '../desk-element.ts';
import { deskSheets } from '../desk-sheets.ts';
import css from './arrival.css?inline';
import frontCss from './front.css?inline';

type Invited = Extract<DeskAccess, { status: 'invited' }>;

const moment = once(
  (lang) => new Intl.DateTimeFormat(lang, { dateStyle: 'long', timeStyle: 'short' }),
);

/** As long as the relay takes. */
const LONGEST_NAME = 40;

/** @tag comptoir-desk-arrival */
export class ComptoirDeskArrival extends DeskElement {
  static override styles = [...deskSheets, unsafeCSS(frontCss), unsafeCSS(css)];

  /** Why this browser cannot have a desk. */
  @property({ attribute: false }) failure: 'unsupported' | 'storage' | null = null;

  /** The linking code of the address that opened the page. */
  @property() code = '';

  @reactive() private missing = false;

  protected override render(): TemplateResult | typeof nothing {
    if (this.failure) return this.#failed(this.failure);
    if (this.state?.network.type === 'ended') return this.#ended(this.state.network.why);
    const access = this.state?.access ?? { status: 'loading' as const };
    return html`<main>
      ${markIcon}
      ${
        access.status === 'invited'
          ? this.#invited(access)
          : access.status === 'outside'
            ? this.#outside(access.ended ?? false)
            : html`<p class="sr" role="status">${this.words.arrival.loading}</p>
                <div class="quiet-bones bones" aria-hidden="true">
                  <i class="bone short"></i><i class="bone"></i><i class="bone"></i>
                </div>`
      }
      ${access.status === 'loading' ? nothing : this.#languages()}
    </main>`;
  }

  #failed(failure: 'unsupported' | 'storage'): TemplateResult {
    const { arrival } = this.words;
    return html`<main>
      ${markIcon}
      <h1 tabindex="-1">
        ${failure === 'storage' ? arrival.storageTitle : arrival.unsupportedTitle}
      </h1>
      <div class="lead" role="alert"><p>${arrival[failure]}</p></div>
    </main>`;
  }

  /** This device forgot all it held. */
  #ended(why: DeviceEnd): TemplateResult {
    const { network } = this.words;
    return html`<main>
      ${markIcon}
      <h1 tabindex="-1">${network.ended[why]}</h1>
      <div class="lead" role="alert"><p>${network.endedText}</p></div>
      <button
        type="button"
        class="button primary again"
        @click=${() => this.intend({ do: 'reload' })}
      >
        ${network.endedAction}
      </button>
    </main>`;
  }

  #outside(ended: boolean): TemplateResult {
    const { outsideTitle, outside, endedTitle, ended: endedText } = this.words.arrival;
    const network = this.state?.network;
    if (network?.type === 'blocked')
      return html`<h1 tabindex="-1">${this.common.blocked(network.until)}</h1>
        <div class="lead" role="alert"><p>${this.common.blockedHow}</p></div>`;
    return html`<h1 tabindex="-1">${ended ? endedTitle : outsideTitle}</h1>
      <div class="lead"><p>${ended ? endedText : outside}</p></div>
      ${this.#storage()}
      ${
        this.state
          ? html`<comptoir-devices
              join-only
              locale=${this.language}
              code=${this.code}
              .devices=${this.state.devices}
              .acts=${this.devices}
            ></comptoir-devices>`
          : nothing
      }`;
  }

  #invited(access: Invited): TemplateResult {
    const { arrival } = this.words;
    if (access.problem !== null && !(access.problem in passing)) {
      const { title, text } = arrival.problems[access.problem];
      return html`<h1 tabindex="-1">${title}</h1>
        <div class="lead" role="alert"><p>${text}</p></div>`;
    }
    const { name: back = '', by = '', places = [] } = access.invitation ?? {};
    const named = places.map((name) => localText(name, this.words.lang)).filter(Boolean);
    return html`${
        named.length > 0 ? html`<p class="places said">${this.common.list(named)}</p>` : nothing
      }
      <h1 tabindex="-1">${back === '' ? arrival.invitedTitle : arrival.backTitle(back)}</h1>
      <div class="lead">
        ${
          access.invitation
            ? html`<p>
                  ${(back === '' ? arrival.invitedAs : arrival.backAs)(
                    this.words.roles[access.invitation.role] ?? access.invitation.role,
                    by,
                  )}
                </p>
                <p class="hint">${arrival.expires(this.#when(access.invitation.expires))}</p>`
            : access.busy
              ? html`<p role="status">${arrival.checking}</p>`
              : nothing
        }
      </div>
      ${access.problem === null ? nothing : this.#passing(access, access.problem)}
      ${this.#storage()} ${access.invitation ? this.#form(access) : nothing}`;
  }

  #passing(access: Invited, problem: InvitationProblem): TemplateResult {
    const { problems, again } = this.words.arrival;
    return html`<div class="problem" role="alert">
        <b>${problems[problem].title}</b><span>${problems[problem].text}</span>
      </div>
      ${
        access.invitation
          ? nothing
          : html`<button
              type="button"
              class="button"
              aria-disabled=${access.busy ? 'true' : nothing}
              @click=${() => this.intend({ do: 'look-again' })}
            >
              ${refreshCwIcon}${again}
            </button>`
      }`;
  }

  #form(access: Invited): TemplateResult {
    const { arrival } = this.words;
    return html`<form novalidate @submit=${this.#join}>
      <div class="field-group">
        <label for="name">${arrival.name}</label>
        <input
          class="input"
          id="name"
          name="name"
          autocomplete="nickname"
          .value=${access.invitation?.name ?? ''}
          maxlength=${LONGEST_NAME}
          required
          aria-describedby="name-hint"
          aria-invalid=${this.missing ? 'true' : nothing}
          @input=${() => (this.missing = false)}
        />
        <p class="hint" id="name-hint">${arrival.nameHint}</p>
        <div role="alert">
          ${this.missing ? html`<p class="missing">${arrival.nameMissing}</p>` : nothing}
        </div>
      </div>
      <button class="button primary" aria-disabled=${access.busy ? 'true' : nothing}>
        ${access.busy ? arrival.joining : arrival.join}
      </button>
      <p class="hint">${arrival.kept}</p>
    </form>`;
  }

  #storage(): TemplateResult | typeof nothing {
    if (!this.state || this.state.storage === 'ok') return nothing;
    const { storage } = this.words;
    const full = this.state.storage === 'full';
    return html`<div class="problem" role="alert">
      <b>${full ? storage.full : storage.failed}</b>
    </div>`;
  }

  /** No settings out here: two plain buttons say it in the reader's own language. */
  #languages(): TemplateResult {
    const now = this.words.lang;
    return html`<div class="languages">
      ${(['fr', 'en'] as const).map(
        (lang) =>
          html`<button
            type="button"
            class="button small quiet"
            lang=${lang}
            aria-pressed=${now === lang ? 'true' : 'false'}
            @click=${() => this.intend({ do: 'lang', lang })}
          >
            ${lang === 'fr' ? 'Français' : 'English'}
          </button>`,
      )}
    </div>`;
  }

  #when(time: number): string {
    return moment(this.words.lang).format(time);
  }

  readonly #join = (event: SubmitEvent): void => {
    event.preventDefault();
    if (this.state?.access.status === 'invited' && this.state.access.busy) return;
    const input = this.renderRoot.querySelector<HTMLInputElement>('#name');
    const name = cleanLine(input?.value ?? '', Limits.nameLength);
    this.missing = name === '';
    if (this.missing) input?.focus();
    else this.intend({ do: 'redeem', name });
  };
}

define('comptoir-desk-arrival', ComptoirDeskArrival);

declare global {
  interface HTMLElementTagNameMap {
    'comptoir-desk-arrival': ComptoirDeskArrival;
  }
}
