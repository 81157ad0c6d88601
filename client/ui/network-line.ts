/** One thin line that says how the network and the storage are; nothing if all is well. */
import { type TemplateResult, html, nothing } from 'lit';
import type { CommonWords } from '../locales/common-fr.ts';
import type { NetworkState } from '../store/network.ts';
import type { StorageState } from '../store/sync-port.ts';
import { hardDriveIcon, refreshCwIcon, wifiOffIcon } from './icons.ts';

interface NetworkText {
  readonly icon: TemplateResult;
  readonly tone: 'warn' | 'bad' | 'calm';
  readonly what: string;
  readonly how: string;
  readonly retry: boolean;
}

function networkText(network: NetworkState, words: CommonWords): NetworkText | null {
  switch (network.type) {
    case 'online':
    case 'connecting':
    case 'ended': // whoever shows it starts anew, and says why
      return null;
    case 'offline':
      return {
        icon: wifiOffIcon,
        tone: 'warn',
        what: network.browser ? words.offline : network.never ? words.awayNever : words.away,
        how:
          network.waiting > 0
            ? words.waiting(network.waiting)
            : network.browser
              ? words.offlineHow
              : words.awayHow,
        retry: !network.browser,
      };
    case 'reload':
      return {
        icon: refreshCwIcon,
        tone: 'calm',
        what: words.reload,
        how: words.reloadHow,
        retry: false,
      };
    case 'blocked':
      return quiet(words.blocked(network.until), words.blockedHow);
    case 'unreachable':
      return quiet(words.noWay, words.storageHow);
    case 'refused':
      return quiet(words.refusedLink, words.refusedLinkHow);
  }
}

const quiet = (what: string, how: string): NetworkText => ({
  icon: wifiOffIcon,
  tone: 'warn',
  what,
  how,
  retry: false,
});

/**
 * The live regions are always there, even if empty: one that appears together with its text is not
 * announced.
 */
export function networkLine(
  network: NetworkState,
  storage: StorageState,
  words: CommonWords,
  retry: () => void,
): TemplateResult {
  const line = networkText(network, words);
  const stored: NetworkText | null =
    storage === 'ok'
      ? null
      : {
          icon: hardDriveIcon,
          tone: 'bad',
          what: storage === 'full' ? words.storageFull : words.storageFailed,
          how: words.storageHow,
          retry: false,
        };
  return html`<div role="alert">${lineTemplate(stored, words, retry)}</div>
    <div role="status">${lineTemplate(line, words, retry)}</div>`;
}

function lineTemplate(
  line: NetworkText | null,
  words: CommonWords,
  retry: () => void,
): TemplateResult | typeof nothing {
  if (!line) return nothing;
  return html`<p class="netline" part="netline" data-tone=${line.tone}>
    ${line.icon}<span><b>${line.what}</b> ${line.how}</span>${
      line.retry
        ? html`<button type="button" class="push" @click=${retry}>${words.retry}</button>`
        : nothing
    }
  </p>`;
}
