/** The dialog in which a manager blocks who asked: whom, for how long, and whom else it would touch. */
import { type PropertyValues, type TemplateResult, html, nothing } from 'lit';
import { state as reactive } from 'lit/decorators.js';
import type { OfficeBlock } from '../../../shared/api/blocks.ts';
import type { CommandIds } from '../../store/desk/desk-state.ts';
import type { BlockWhom, BlockingState } from '../../store/desk/office/blocking.ts';
import { define } from '../../ui/define.ts';
import { xIcon } from '../../ui/icons.ts';
import { DeskElement } from '../desk-element.ts';
import { paneSheets } from '../side-pane.ts';
import dialogCss from '../keys/keys.css?inline';
import css from './block.css?inline';

type Choice = 'member' | 'device' | 'network';

const CHOICES: readonly Choice[] = ['member', 'device', 'network'];
/** Hours; null: until it is lifted. */
const LENGTHS = [1, 24, 168, null] as const;

/** @tag comptoir-desk-block */
export class ComptoirDeskBlock extends DeskElement {
  static override styles = paneSheets(dialogCss, css);

  @reactive() private choice: Choice = 'member';
  @reactive() private hours: (typeof LENGTHS)[number] = 24;
  @reactive() private reason = '';
  /** Who it is about, from when the dialog opened: another conversation may open behind it. */
  @reactive() private about: { readonly ids: CommandIds; readonly name: string } | null = null;

  get open(): boolean {
    return this.#dialog?.open ?? false;
  }

  /** Opens it about whoever asked the open conversation, or closes it. */
  show(open: boolean): void {
    const { ids, thread } = this.state ?? {};
    if (!open) return this.#dialog?.close();
    if (!ids || this.open) return;
    this.about = { ids, name: thread?.asker?.name || this.words.visitor };
    this.choice = 'member';
    this.hours = 24;
    this.reason = '';
    void this.updateComplete.then(() => this.#dialog?.showModal());
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (!this.#mayChoose(this.choice)) this.choice = 'member';
  }

  protected override render(): TemplateResult | typeof nothing {
    const { state, words, about } = this;
    const { block } = words;
    if (!state?.blocking) return nothing;
    return html`<dialog
      aria-labelledby="title"
      @keydown=${(event: KeyboardEvent) => event.key === 'Escape' && event.stopPropagation()}
      @click=${(event: MouseEvent) => event.target === this.#dialog && this.show(false)}
    >
      <div class="top">
        <h2 id="title" tabindex="-1">${block.title(about?.name ?? '')}</h2>
        <button
          type="button"
          class="icon-button push"
          aria-label=${block.close}
          @click=${() => this.show(false)}
        >
          ${xIcon}
        </button>
      </div>
      <form class="body" @submit=${this.#submit}>
        <p class="hint">${block.intro}</p>
        ${this.#whom(state.blocking)} ${this.#howLong()}
        <label class="section"
          ><span class="label">${block.reason}</span>
          <input
            class="input"
            maxlength="200"
            autocomplete="off"
            .value=${this.reason}
            @input=${({ target }: Event) => (this.reason = (target as HTMLInputElement).value)}
          />
        </label>
        <p class="problem" role="alert">
          ${state.blocking.problem ? this.#problem(state.blocking.problem) : nothing}
        </p>
        <div class="buttons">
          <button type="button" class="button" @click=${() => this.show(false)}>
            ${block.cancel}
          </button>
          <button class="button danger" aria-disabled=${state.blocking.busy ? 'true' : nothing}>
            ${block.confirm}
          </button>
        </div>
        ${this.#held(state.blocking.held)}
      </form>
    </dialog>`;
  }

  #whom({ reach, problem }: BlockingState): TemplateResult {
    const { block } = this.words;
    const network = reach ? block.touches(reach) : problem ? block.touchesUnknown : block.counting;
    return html`<fieldset class="section">
      <legend class="label">${block.whom}</legend>
      ${CHOICES.map((choice) => {
        const hint = choice === 'network' ? network : block.choices[choice].hint;
        return html`<label class="choice">
          <input
            type="radio"
            name="whom"
            .value=${choice}
            aria-describedby="hint-${choice}"
            ?disabled=${!this.#mayChoose(choice)}
            .checked=${this.choice === choice}
            @change=${() => (this.choice = choice)}
          /><span
            >${block.choices[choice].name}
            <small class="hint" id="hint-${choice}">${hint}</small></span
          >
        </label>`;
      })}
    </fieldset>`;
  }

  #howLong(): TemplateResult {
    const { block } = this.words;
    return html`<fieldset class="section">
      <legend class="label">${block.howLong}</legend>
      <div class="lengths">
        ${LENGTHS.map(
          (hours, at) =>
            html`<label class="choice">
              <input
                type="radio"
                name="hours"
                .value=${String(hours ?? '')}
                .checked=${this.hours === hours}
                @change=${() => (this.hours = hours)}
              />${block.lengths[at]}
            </label>`,
        )}
      </div>
    </fieldset>`;
  }

  /** What holds already, so that a block can be lifted where it was made. */
  #held(held: readonly OfficeBlock[] | null): TemplateResult | typeof nothing {
    const { block } = this.words;
    if (!held || held.length === 0) return nothing;
    return html`<section class="section held">
      <h3>${block.held(held.length)}</h3>
      <ul>
        ${held.map((one) => {
          const what = this.#subject(one);
          return html`<li>
            <span class="cut"
              >${what}
              <small class="hint"
                >${this.#until(one)}${one.reason ? ` · ${one.reason}` : ''}</small
              ></span
            >
            <button
              type="button"
              class="button small"
              aria-label=${block.liftThis(what)}
              @click=${() => this.intend({ do: 'lift', blocks: [one.id] })}
            >
              ${block.lift}
            </button>
          </li>`;
        })}
      </ul>
    </section>`;
  }

  #subject({ subject, shown }: OfficeBlock): string {
    const { subjects } = this.words.block;
    const { ids, name } = this.about ?? {};
    if (subject === 'address') return subjects.address(shown);
    const isTheirs = shown === (subject === 'member' ? ids?.member : ids?.device);
    return subjects[subject](isTheirs ? (name ?? '') : `${shown.slice(0, 8)}…`);
  }

  #until({ expires }: OfficeBlock): string {
    const { block } = this.words;
    return expires === null ? block.forGood : block.until(expires);
  }

  #problem(problem: string): string {
    const { problems, problemElse } = this.words.block;
    return problems[problem] ?? problemElse;
  }

  #mayChoose(choice: Choice): boolean {
    const { reach } = this.state?.blocking ?? {};
    if (choice === 'network') return reach?.networks !== 0;
    return choice === 'member' || this.about?.ids.device !== null;
  }

  get #whose(): BlockWhom | null {
    const { member = null, device = null } = this.about?.ids ?? {};
    if (member === null) return null;
    if (this.choice === 'network') return { addressesOf: member };
    return this.choice === 'device' && device !== null ? { device } : { member };
  }

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog');
  }

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    const whom = this.#whose;
    if (!whom || this.state?.blocking?.busy) return;
    const { hours } = this;
    const draft = { whom, reason: this.reason.trim(), ...(hours === null ? {} : { hours }) };
    this.intend({ do: 'block', draft });
  };
}

define('comptoir-desk-block', ComptoirDeskBlock);

declare global {
  interface HTMLElementTagNameMap {
    'comptoir-desk-block': ComptoirDeskBlock;
  }
}
