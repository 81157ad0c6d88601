/** What this device keeps of decisions, over real IndexedDB, against the shipped relay. */
import { expect, nextFrame } from '@open-wc/testing';
import type { DecisionId, EntryId } from '../../../shared/ids.ts';
import { until } from '../../signals/readable.ts';
import type { Decisions, KeptDecision } from '../../store/sync-port.ts';
import type { PageDevice } from '../../testing/page/page-device.ts';
import { PageRelay } from '../../testing/page/page-relay.ts';

const ID = 'B'.repeat(21).concat('A') as EntryId;

describe('decisions about somebody’s words', () => {
  let relay: PageRelay;
  let author: PageDevice;

  beforeEach(async () => {
    relay = await PageRelay.open();
    author = await relay.visitor();
  });
  afterEach(() => relay.close());

  const decide = (): Promise<DecisionId> =>
    relay.decide({
      id: ID,
      conversation: null,
      space: null,
      member: author.member,
      what: 'refused',
      code: 'link',
      reason: 'Pas de liens ici',
      by: 'machine',
    });
  const one = (book: Decisions, passes: (kept: KeptDecision) => boolean): Promise<unknown> =>
    until(book.all, (all) => all.length === 1 && passes(all[0]!));
  const unseen = async (): Promise<number> =>
    (await relay.composition.decisions.unseen(author.member)).length;

  it('are kept on the device, also without a network, and told again until they were seen', async () => {
    const reference = await decide();
    const book = await author.sync.decisions();
    await one(book, ({ seen }) => !seen);
    expect(book.all.get()[0]).to.deep.include({
      reference,
      id: ID,
      what: 'refused',
      code: 'link',
      reason: 'Pas de liens ici',
      automatic: true,
      appeal: null,
    });
    await author.cut();
    author = await author.reopened();
    const offline = await author.sync.decisions();
    await one(offline, (kept) => kept.reference === reference && !kept.seen);
    await offline.seen([reference]);
    expect(await unseen(), 'the relay does not know yet').to.equal(1);
    await author.restore();
    // Told once more, it is answered at once.
    while ((await unseen()) > 0) await nextFrame();
    await one(offline, ({ seen }) => seen);
  });

  it('take one appeal, which is kept and sent again until the relay has it', async () => {
    const reference = await decide();
    await one(await author.sync.decisions(), () => true);
    await author.cut();
    author = await author.reopened();
    const offline = await author.sync.decisions();
    await one(offline, () => true);
    await offline.appeal(reference, 'C’est le site de la marque');
    await offline.appeal(reference, 'Encore');
    expect(offline.all.get()[0]?.appeal).to.deep.equal({
      text: 'C’est le site de la marque',
      received: false,
    });
    await author.restore();
    await one(offline, ({ appeal }) => appeal?.received === true);
    const found = await relay.composition.decisions.find(reference);
    expect(found?.appeal?.text).to.equal('C’est le site de la marque');
  });

  it('are the same in every tab', async () => {
    const reference = await decide();
    const book = await author.sync.decisions();
    await one(book, () => true);
    const tab = await author.tab();
    const other = await tab.sync.decisions();
    await one(other, ({ seen }) => !seen);
    await other.seen([reference]);
    await one(book, ({ seen }) => seen);
    await other.appeal(reference, '');
    await one(book, ({ appeal }) => appeal !== null);
    await one(other, ({ appeal }) => appeal?.received === true);
  });
});
