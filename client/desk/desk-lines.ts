/** The thin lines under the desk's bar: network, storage, card, pause. Each says what happens next. */
import { type TemplateResult, html, nothing } from 'lit';
import type { CommonWords } from '../locales/common-fr.ts';
import type { DeskWords } from '../locales/desk-words.ts';
import type { DeskState } from '../store/desk/desk-state.ts';
import { leavingOf } from '../store/desk/unsent.ts';
import { hardDriveIcon, wifiOffIcon } from '../ui/icons.ts';
import { clockIcon } from '../ui/more-icons.ts';
import { pauseIcon } from './desk-icons.ts';
import type { DeskIntent } from './desk-intent.ts';

type Tone = 'warn' | 'bad' | 'calm';

const line = (
  tone: Tone,
  icon: TemplateResult,
  strong: string,
  text: string,
  action: TemplateResult | typeof nothing = nothing,
): TemplateResult =>
  html`<p class="netline" data-tone=${tone}>
    ${icon}<span><b>${strong}</b> ${text}</span>${action}
  </p>`;

/** `status` is polite; only what could lose text is an alert. */
export function deskLines(
  state: DeskState,
  words: DeskWords,
  common: CommonWords,
  intend: (intent: DeskIntent) => void,
): TemplateResult {
  return html`<div role="alert">${storageLine(state, words)}</div>
    <div role="status">
      ${networkLine(state, words, common, intend)} ${cardLine(state, words)}
      ${
        state.available || state.network.type === 'offline'
          ? nothing
          : line('calm', pauseIcon, words.available.awayTitle, awayText(state, words))
      }
    </div>`;
}

/** What visitors see: it follows a moment later, and only once all devices of the person know. */
const awayText = ({ me }: DeskState, { available }: DeskWords): string =>
  me?.presence.type === 'here' ? available.stillShown : available.away;

function storageLine(state: DeskState, words: DeskWords): TemplateResult | typeof nothing {
  const { storage } = words;
  switch (state.storage) {
    case 'ok':
      return nothing;
    case 'failed':
      return line('bad', hardDriveIcon, storage.failed, storage.failedText);
    case 'full':
      return line('bad', hardDriveIcon, storage.full, storage.fullText);
  }
}

function networkLine(
  state: DeskState,
  words: DeskWords,
  common: CommonWords,
  intend: (intent: DeskIntent) => void,
): TemplateResult | typeof nothing {
  const { network } = state;
  switch (network.type) {
    case 'online':
    case 'connecting':
    case 'ended': // the arrival screen stands instead
      return nothing;
    case 'offline': {
      const count = leavingOf(state.unsent).length;
      const then = count > 0 ? words.network.leaving(count) : words.network.nothingLeaving;
      const card =
        state.access.status === 'inside' && !state.access.expired
          ? ` ${words.network.validUntil(common.time(state.access.grantExpires))}`
          : '';
      return line(
        'warn',
        wifiOffIcon,
        network.browser
          ? words.network.offlineSince(common.time(network.since))
          : words.network.awaySince(common.time(network.since)),
        then + card,
      );
    }
    case 'reload':
      return line(
        'calm',
        clockIcon,
        words.network.reload,
        '',
        html`<button type="button" class="button small" @click=${() => intend({ do: 'reload' })}>
          ${words.network.reloadAction}
        </button>`,
      );
    case 'blocked':
      return line('warn', wifiOffIcon, common.blocked(network.until), common.blockedHow);
    case 'unreachable':
      return line('bad', wifiOffIcon, common.noWay, words.network.refusedText);
    case 'refused':
      return line('bad', wifiOffIcon, words.network.refused, words.network.refusedText);
  }
}

function cardLine(state: DeskState, words: DeskWords): TemplateResult | typeof nothing {
  if (state.access.status !== 'inside' || !state.access.expired) return nothing;
  return line('warn', clockIcon, words.grant.expired, words.grant.expiredText);
}
