/** Linking devices, as a visitor does it in the widget. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { Visitor } from './visitor.ts';

async function devices({ panel }: Visitor): Promise<void> {
  await panel.getByRole('button', { name: 'Réglages' }).click();
  await panel.getByText('Mes appareils').click();
}

/** A code that the device shows. */
export async function codeOf(made: Visitor): Promise<string> {
  await devices(made);
  await made.panel.getByRole('button', { name: 'Relier un autre appareil' }).click();
  const code = await made.panel.locator('.code').innerText();
  assert.match(code, /^\w{5}\s\w{5}$/);
  assert.ok(await made.panel.getByRole('img', { name: /appareil photo/ }).isVisible());
  return code;
}

/** Opens the address that the other device's picture holds, and says yes. */
export async function join(page: Page, url: string, code: string): Promise<void> {
  const panel = page.locator('comptoir-panel');
  await page.goto(`${url}/#comptoir-link=${code.replaceAll(/\s/g, '')}`);
  await panel.getByRole('button', { name: 'Relier', exact: true }).click();
  await panel.getByText('C’est relié').waitFor();
}

/** Goes from the settings to the conversation with these words. */
export async function openConversation({ panel }: Visitor, words: string): Promise<void> {
  await panel.getByRole('button', { name: 'Retour' }).first().click();
  const row = panel.getByRole('button', { name: words });
  const all = panel.getByRole('button', { name: /^Mes \d+ conversations/ });
  await row.or(all).first().waitFor();
  if ((await all.count()) > 0) await all.click();
  await row.click();
}
