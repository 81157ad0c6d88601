/** What this device says, over real IndexedDB. */
import { expect } from '@open-wc/testing';
import { bytesToText } from '../../../shared/bytes.ts';
import type { ConversationId, Fingerprint } from '../../../shared/ids.ts';
import { Database } from '../storage/database.ts';
import { type Identity, loadIdentity } from '../identity.ts';
import { Outbox } from './outbox.ts';
import { Writer } from './writer.ts';

const random = (): string => bytesToText(crypto.getRandomValues(new Uint8Array(16)));

describe('writer', () => {
  const community = random() as Fingerprint;
  const conversation = random() as ConversationId;
  const open: Database[] = [];
  let identity: Identity;
  let now = 1_000_000;

  beforeEach(async () => {
    now = 1_000_000;
    identity = await loadIdentity(tab().database);
  });

  afterEach(async () => {
    const [first, ...others] = open.splice(0);
    for (const other of others) await other.close();
    await first?.destroy();
  });

  /** A tab of this browser: its own connection to the same database. */
  function tab(): { readonly database: Database; say(...texts: string[]): Promise<number[]> } {
    const database = new Database(community);
    open.push(database);
    const outbox = new Outbox(database, community);
    return {
      database,
      async say(...texts) {
        const writer = new Writer({
          community,
          identity,
          database,
          outbox,
          now: () => now,
          random: (length) => crypto.getRandomValues(new Uint8Array(length)),
          linked: () => false,
          kept: () => {},
        });
        const contents = texts.map((text) => ({ kind: 'say', text }) as const);
        const entries = await writer.write(conversation, contents);
        return entries.map(({ time }) => time);
      },
    };
  }

  it('gives later entries later times when the clock was put back, also after a reload', async () => {
    const [asked] = await tab().say('question');
    now -= 500_000;
    const [, second] = await tab().say('answer', 'more');
    const [third] = await tab().say('last');
    expect([asked, second, third]).to.deep.equal([1_000_000, 1_000_002, 1_000_003]);
  });

  it('gives two tabs that write at once times of their own', async () => {
    const [one, other] = [tab(), tab()];
    const times = await Promise.all([one.say('a', 'b'), other.say('c', 'd')]);
    expect(new Set(times.flat()).size).to.equal(4);
  });

  it('follows the clock otherwise', async () => {
    const first = await tab().say('a');
    now += 1_000.4;
    expect([first, await tab().say('b')]).to.deep.equal([[1_000_000], [1_001_000]]);
  });
});
