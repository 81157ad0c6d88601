/** A desk whose inbox has 500 questions, of which 20 change every second, while its helper types. */
import { newPerson } from '../../e2e/harness/browser.ts';
import { Helper } from '../../e2e/harness/helper.ts';
import { TestDevice, TestIdentity } from '../../relay/testing/test-device.ts';
import type { Entry } from '../../shared/entry/entry.ts';
import { type ClientScene, openShopFor } from './scene.ts';
import { PATIENCE_MS, type Shop } from './shop.ts';

const QUESTIONS = 500;
const AT_ONCE = 50;
const CHANGE_MS = 50;
const KEYS = 20;
const KEY_MS = 60;
const GOAL_MS = 50;
/** The browser reports no shorter events. */
const LEAST_MS = 16;

/** Runs in the page before anything else: how long each key took, until the next frame was drawn. */
function watchKeys(leastMs: number): void {
  const keys: number[] = [];
  Object.assign(globalThis, { keys });
  new PerformanceObserver((list) => {
    for (const { name, duration } of list.getEntries()) if (name === 'keydown') keys.push(duration);
  }).observe({ type: 'event', durationThreshold: leastMs } as PerformanceObserverInit);
}

export const busyInbox: ClientScene = {
  about: `an inbox of ${QUESTIONS}, ${1_000 / CHANGE_MS} changes a second, while the helper types`,
  run: (rounds) =>
    openShopFor(async (shop) => {
      const visitor = await TestDevice.connect(
        `${shop.relay.url.replace('http', 'ws')}/sync`,
        shop.community,
      );
      const questions: Entry[] = [];
      const askers = Array.from({ length: QUESTIONS }, () => new TestIdentity());
      for (const [number, asker] of askers.entries())
        questions.push(await asker.ask(shop.community, `Question ${number} of 500`));
      for (let from = 0; from < QUESTIONS; from += AT_ONCE)
        await visitor.submit(...questions.slice(from, from + AT_ONCE));
      const { page } = await newPerson(shop.browser);
      await page.addInitScript(watchKeys, LEAST_MS);
      page.setDefaultTimeout(PATIENCE_MS);
      const helper = new Helper(page);
      await helper.join(await shop.relay.invite(), 'Maud');
      await helper.take('Question');
      const stop = new AbortController();
      const changing = change(shop, visitor, questions, askers, stop.signal);
      let typed = 0;
      for (let round = 0; round < rounds; round++) {
        await helper.composer.pressSequentially('abcdefghijklmnopqrst'.slice(0, KEYS), {
          delay: KEY_MS,
        });
        typed += KEYS;
      }
      stop.abort();
      await changing;
      const seen = await page.evaluate(() => (globalThis as unknown as { keys: number[] }).keys);
      await visitor.close();
      const fast = Array.from({ length: Math.max(0, typed - seen.length) }, () => LEAST_MS);
      return [
        {
          what: `key to next frame (${LEAST_MS}: that or less)`,
          times: [...seen, ...fast],
          goal: GOAL_MS,
          of: 'p95',
        },
      ];
    }),
};

/** Says something in one of the conversations, again and again. */
async function change(
  { community }: Shop,
  visitor: TestDevice,
  questions: readonly Entry[],
  askers: readonly TestIdentity[],
  stop: AbortSignal,
): Promise<void> {
  for (let turn = 0; !stop.aborted; turn++) {
    const at = (turn * 7) % questions.length;
    const { conversation } = questions[at]!;
    const content = { kind: 'say', text: `And then ${turn}?` } as const;
    const entry = await askers[at]!.entry(community, conversation, content);
    visitor.say({ type: 'submit', entries: [entry.bytes] });
    await new Promise((next) => setTimeout(next, CHANGE_MS));
  }
}
