/** Why the chat now belongs to a new visitor: said once, until it is read. */
import { type TemplateResult, html } from 'lit';
import { settingsWords } from '../../locales/settings-words.ts';
import type { DeviceEnd } from '../../store/sync-port.ts';
import { smartphoneIcon } from '../../ui/more-icons.ts';

export function endedLine(why: DeviceEnd, lang: string, read: () => void): TemplateResult {
  const words = settingsWords(lang);
  return html`<p class="netline" part="netline" data-tone="calm">
    ${smartphoneIcon}<span><b>${words.ended[why]}</b> ${words.endedHow}</span
    ><button type="button" class="push" @click=${read}>${words.understood}</button>
  </p>`;
}
