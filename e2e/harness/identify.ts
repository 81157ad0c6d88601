/** The brand's own sign-in, as its page does it. */
import { SignJWT } from 'jose';
import type { Page } from 'playwright-core';

export const IDENTITY_SECRET = 'a secret between the shop and its relay';

/** A token of the brand for a customer. */
export const tokenOf = (community: string, customer: string, seconds = 300): Promise<string> =>
  new SignJWT({})
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(customer)
    .setAudience(community)
    .setExpirationTime(Math.floor(Date.now() / 1_000) + seconds)
    .sign(new TextEncoder().encode(IDENTITY_SECRET));

/** Signs a customer in, or out, on the page; tells what the relay made of it, whenever it does. */
export const identify = (page: Page, token: string | null, texts = {}): Promise<string> =>
  page.evaluate(
    async ([given, told]) => {
      const chat = document.querySelector('comptoir-chat') as HTMLElement & {
        identify(token: string | null, texts?: object): Promise<void>;
      };
      const outcome = new Promise<string>((resolve) =>
        chat.addEventListener(
          'comptoir-identity',
          (event) => resolve((event as Event & { outcome: string }).outcome),
          { once: true },
        ),
      );
      await chat.identify(given, told);
      return given === null ? 'none' : outcome;
    },
    [token, texts] as const,
  );
