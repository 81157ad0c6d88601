/** Language, sound, the charter, and erasing what is on this device. */
import { type TemplateResult, html, nothing } from 'lit';
import type { SettingsWords } from '../../locales/settings-fr.ts';
import { settingsWords } from '../../locales/settings-words.ts';
import type { ChatWords } from '../../locales/chat-fr.ts';
import { linkified } from '../../ui/linkify.ts';
import { bar } from '../screen/bar.ts';
import { attributesCard } from './attributes-note.ts';
import type { PanelContext } from '../screen/panel-context.ts';
import { printConversation } from './print-conversation.ts';

export interface SettingsState {
  /** A linking code that came with the page's address; empty for none. */
  readonly code: string;
  /** Whether the charter is open. */
  readonly charter: boolean;
  /** Whether erasing waits for a confirmation. */
  readonly erasing: boolean;
}

const LANGUAGES = ['auto', 'fr', 'en'] as const;

interface SettingsContext extends PanelContext {
  readonly words: ChatWords & SettingsWords;
}

export function settingsView(
  given: PanelContext,
  settings: SettingsState,
  change: (settings: SettingsState) => void,
): TemplateResult {
  const words = { ...given.words, ...settingsWords(given.common.lang) };
  const context: SettingsContext = { ...given, words };
  const { state } = context;
  const { view, thread, space } = state;
  return html`${bar(context, {
      title: words.more,
      back: context.back,
      settings: false,
    })}
    <div class="scroll">
      <div class="pad roomy">
        ${
          view.type === 'thread' && thread?.status === 'ready' && !thread.guest
            ? html`<button
                type="button"
                class="button wide"
                @click=${() => context.setClosed(!thread.closed)}
              >
                ${thread.closed ? words.reopenConversation : words.closeConversation}
              </button>`
            : nothing
        }
        ${
          view.type === 'thread' && thread?.status === 'ready' && thread.items.length > 0
            ? html`<button
                type="button"
                class="button wide"
                @click=${() => printConversation(thread, { ...context.common, ...words })}
              >
                ${words.print}
              </button>`
            : nothing
        }
        ${languages(context)}
        <button
          type="button"
          class="switch"
          role="switch"
          aria-checked=${state.sound ? 'true' : 'false'}
          @click=${() => context.setSound(!state.sound)}
        >
          <i></i>${words.sound}
        </button>
        <div class="stacked">
          <details class="card charter" ?open=${settings.charter}>
            <summary>${words.charter}</summary>
            <p class="said">${space.charter ? linkified(space.charter) : words.noCharter}</p>
          </details>
          ${attributesCard(context)}
          <details class="card charter" ?open=${settings.code !== ''}>
            <summary>${words.devices}</summary>
            ${context.deviceList?.(context, settings.code) ?? nothing}
          </details>
        </div>
        ${eraser(context, settings, change)}
      </div>
    </div>`;
}

function languages({ state, words, setLang }: SettingsContext): TemplateResult {
  const chosen = state.lang ?? 'auto';
  return html`<fieldset class="section">
    <legend class="section-title">${words.language}</legend>
    <div class="choice">
      ${LANGUAGES.map(
        (one) =>
          html`<label lang=${one === 'auto' ? nothing : one}
            ><input
              type="radio"
              name="language"
              .value=${one}
              .checked=${chosen === one}
              @change=${() => setLang(one === 'auto' ? null : one)}
            />${words.languages[one]}</label
          >`,
      )}
    </div>
  </fieldset>`;
}

function eraser(
  { words, erase }: SettingsContext,
  settings: SettingsState,
  change: (settings: SettingsState) => void,
): TemplateResult {
  const { erasing } = settings;
  // The button that asks also cancels: the focus stays where it is.
  return html`<div class="section" role="group" aria-label=${words.device}>
    <h3 class="section-title">${words.device}</h3>
    ${erasing ? html`<p class="sure" role="alert">${words.eraseHow}</p>` : nothing}
    <div class="pair">
      <button
        type="button"
        class="button ${erasing ? '' : 'danger wide'}"
        @click=${() => change({ ...settings, erasing: !erasing })}
      >
        ${erasing ? words.cancel : words.erase}
      </button>
      ${
        erasing
          ? html`<button type="button" class="button danger" @click=${erase}>
              ${words.eraseSure}
            </button>`
          : nothing
      }
    </div>
  </div>`;
}
