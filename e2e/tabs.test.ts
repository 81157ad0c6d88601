/** [6] Two tabs of one visitor, two helpers for one conversation: somebody always goes on. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { type Person, launchBrowser, newPerson } from './harness/browser.ts';
import { Helper } from './harness/helper.ts';
import { RelayProcess } from '../relay/testing/machine/relay-process.ts';
import { Visitor } from './harness/visitor.ts';

const LAPSE_SECONDS = 2;

let relay: RelayProcess;
let browser: Browser;

before(async () => {
  relay = await RelayProcess.start({
    env: { COMPTOIR_ENTRIES_PER_MINUTE: '5000', COMPTOIR_LAPSE_SECONDS: String(LAPSE_SECONDS) },
  });
  browser = await launchBrowser();
});

after(async () => {
  await browser.close();
  await relay.dispose();
});

/** A visitor with a question in one tab, and the same conversation open in another. */
async function twoTabs(
  question: string,
): Promise<{ person: Person; first: Visitor; second: Visitor }> {
  const person = await newPerson(browser);
  const first = new Visitor(person.page);
  await first.page.goto(relay.url);
  await first.open();
  await first.say(question);
  await first.received();
  const second = new Visitor(await person.context.newPage());
  await second.page.goto(relay.url);
  await second.open();
  await second.sees(question);
  return { person, first, second };
}

describe('two tabs of a visitor', () => {
  test('what is said in one shows in the other', async () => {
    const { first, second } = await twoTabs('Deux onglets');
    await second.say('Du second');
    await first.sees('Du second');
    await first.say('Du premier');
    await second.sees('Du premier');
  });

  test('the leading tab is closed: the other goes on', async () => {
    const { first, second } = await twoTabs('Onglet fermé');
    await first.page.close();
    await second.say('Encore là');
    await second.received();
  });

  test('the leading tab hangs in an endless loop: the other takes the lead', async () => {
    const { first, second } = await twoTabs('Onglet figé');
    void first.page
      .evaluate(() => {
        for (;;);
      })
      .catch(() => {}); // ends with its page
    await second.say('Malgré la boucle');
    await second.received();
    await first.page.close();
  });

  test('the leading tab is frozen by the browser: the other takes the lead', async () => {
    const { person, first, second } = await twoTabs('Onglet gelé');
    const cdp = await person.context.newCDPSession(first.page);
    await cdp.send('Page.setWebLifecycleState', { state: 'frozen' });
    await second.page.bringToFront();
    await second.say('Malgré le gel');
    await second.received();
    await cdp.send('Page.setWebLifecycleState', { state: 'active' });
    await first.sees('Malgré le gel');
  });
});

describe('two helpers', () => {
  test('one takes a conversation with no network, another meanwhile: both screens say so, both answers stand', async () => {
    const offline = await newPerson(browser);
    const away = new Helper(offline.page);
    const there = new Helper((await newPerson(browser)).page);
    await away.join(relay.invitation, 'Aide au loin');
    await there.join(await relay.invite(), 'Aide sur place');
    const visitor = new Visitor((await newPerson(browser)).page);
    await visitor.page.goto(relay.url);
    await visitor.open();
    await visitor.say('Question disputée');
    await there.ask('Question disputée').waitFor();
    await away.ask('Question disputée').waitFor();
    await away.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));

    // A browser said to be offline keeps an open socket: opening the desk anew cuts it.
    await offline.context.setOffline(true);
    await away.page.reload();
    await away.inbox.waitFor();
    await away.take('Question disputée');
    await away.say('Réponse écrite au loin');
    await there.take('Question disputée');
    await there.say('Réponse sur place');
    await visitor.sees('Réponse sur place');

    await offline.context.setOffline(false);
    await away.sees('Réponse sur place');
    await there.sees('Réponse écrite au loin');
    await visitor.sees('Réponse écrite au loin');
    await away.page
      .locator('comptoir-desk-conversation')
      .getByText(/Aide sur place/)
      .first()
      .waitFor();
    assert.deepEqual(offline.errors, []);
  });

  test('a helper who vanishes loses the conversation: it waits again', async () => {
    const gone = await newPerson(browser);
    const helper = new Helper(gone.page);
    const other = new Helper((await newPerson(browser)).page);
    await helper.join(await relay.invite(), 'Aide qui part');
    await other.join(await relay.invite(), 'Aide qui reste');
    const visitor = new Visitor((await newPerson(browser)).page);
    await visitor.page.goto(relay.url);
    await visitor.open();
    await visitor.say('Question laissée');
    await helper.take('Question laissée');
    await helper.sees('Question laissée');
    await visitor.page.getByText('Aide qui part').first().waitFor();
    await gone.context.close();
    await other.take('Question laissée');
    await other.say('Je reprends');
    await visitor.sees('Je reprends');
  });
});
