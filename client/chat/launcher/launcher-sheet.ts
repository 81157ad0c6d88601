/** The launcher's style sheet, made once. */
import launcherText from './launcher.css?inline';

let sheet: CSSStyleSheet | undefined;
export function launcherSheet(): CSSStyleSheet {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    let hues = '';
    for (let hue = 0; hue < 12; hue++)
      hues += `[data-hue="${hue}"]{--_h:${hue < 2 ? 20 + 28 * hue : 15 + 30 * hue}}`;
    sheet.replaceSync(launcherText + hues);
  }
  return sheet;
}
