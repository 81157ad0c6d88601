/** The outbox over real IndexedDB: what other tabs and readings of the store may do in between. */
import { expect } from '@open-wc/testing';
import { bytesToText } from '../../../shared/bytes.ts';
import type { Entry } from '../../../shared/entry/entry.ts';
import type { ConversationId, Fingerprint } from '../../../shared/ids.ts';
import { strangerSays } from '../../testing/stranger.ts';
import { Database } from '../storage/database.ts';
import { Outbox } from './outbox.ts';

const random = (): string => bytesToText(crypto.getRandomValues(new Uint8Array(16)));

describe('outbox', () => {
  let community: Fingerprint;
  let database: Database;
  let outbox: Outbox;
  let entry: Entry;

  beforeEach(async () => {
    community = random() as Fingerprint;
    database = new Database(community);
    outbox = new Outbox(database, community);
    entry = await strangerSays(community, random() as ConversationId, 'Bonjour');
  });

  afterEach(() => database.destroy());

  const nothing = (): void => {};
  const ids = (): string[] => outbox.items.get().map((item) => item.entry.id);

  it('keeps what is dropped out, whenever the store is read', async () => {
    await outbox.add([entry], true, nothing);
    await Promise.all([outbox.load(), outbox.drop([entry.id])]);
    expect(ids()).to.deep.equal([]);
    await outbox.load();
    expect(ids()).to.deep.equal([]);
  });

  it('does not bring back by an answer what another tab has taken out', async () => {
    await outbox.add([entry], true, nothing);
    await database.write((transaction) => transaction.delete(['outbox', entry.id]));
    await outbox.update([{ entry, state: { type: 'held' } }]);
    await outbox.load();
    expect(ids()).to.deep.equal([]);
  });

  it('dismisses what was surely never sent, also after a reload', async () => {
    await outbox.add([entry], false, nothing);
    const reloaded = new Outbox(database, community);
    await reloaded.load();
    expect(await reloaded.dismiss(entry.id)).to.equal(true);
    expect(await database.get(['outbox', entry.id])).to.equal(undefined);
  });

  it('does not dismiss what may have been sent, also after a reload', async () => {
    await outbox.add([entry], false, nothing);
    await outbox.markTried([entry.id]);
    const reloaded = new Outbox(database, community);
    await reloaded.load();
    expect(await reloaded.dismiss(entry.id)).to.equal(false);
    expect(reloaded.items.get().length).to.equal(1);
  });

  it('dismisses what the relay refused', async () => {
    await outbox.add([entry], true, nothing);
    await outbox.update([{ entry, state: { type: 'refused', code: 'forbidden' } }]);
    expect(await outbox.dismiss(entry.id)).to.equal(true);
  });

  it('does not send what another tab dismissed at the same time', async () => {
    await outbox.add([entry], false, nothing);
    await database.write((transaction) => transaction.delete(['outbox', entry.id]));
    await outbox.markTried([entry.id]);
    expect(ids()).to.deep.equal([]);
  });
});
