import { expect } from '@open-wc/testing';
import { Drafts } from '../drafts.ts';
import { type UnstoredDraft, takeBack, unstoredDraft } from './unstored-draft.ts';

const key = 'new';

/** What a browser keeps, in which writes arrive one after the other when the test says so. */
class Disk {
  held = '';
  readonly #coming: (() => void)[] = [];
  readDraft = async (): Promise<string> => this.held;
  writeDraft = (_key: string, text: string): Promise<void> =>
    new Promise((done) => {
      this.#coming.push(() => {
        this.held = text;
        done();
      });
    });

  /** The oldest write arrives. */
  async arrive(): Promise<void> {
    this.#coming.shift()?.();
    await Promise.resolve();
    await Promise.resolve();
    await Promise.resolve();
  }
}

describe('a draft that the device may not hold yet', () => {
  let disk: Disk;
  beforeEach(() => (disk = new Disk()));

  const page = async (): Promise<Drafts> => {
    const drafts = new Drafts(disk, () => {});
    await drafts.load(key);
    return drafts;
  };
  const left = (drafts: Drafts): UnstoredDraft | undefined => unstoredDraft({ key, drafts });
  /** What the next page shows. */
  const next = async (kept: UnstoredDraft | undefined): Promise<string> => {
    const drafts = await page();
    if (kept) await takeBack(drafts, kept);
    return drafts.get(key);
  };

  it('goes on at the next page, whichever of its writes arrived', async () => {
    const drafts = await page();
    for (const text of ['u', 'un', 'un b']) drafts.set(key, text);
    const kept = left(drafts);
    expect(await next(kept), 'none').to.equal('un b');
    await disk.arrive();
    expect(await next(kept), 'the first').to.equal('un b');
    expect(await next(left(drafts)), 'and the page heard of it').to.equal('un b');
    drafts.set(key, '');
    expect(await next(left(drafts)), 'rubbed out').to.equal('');
  });

  it('is none once all is stored', async () => {
    const drafts = await page();
    expect(left(drafts)).to.equal(undefined);
    drafts.set(key, 'un');
    expect(left(drafts)).to.not.equal(undefined);
    await disk.arrive();
    expect(left(drafts)).to.equal(undefined);
  });

  it('gives way to what is newer: written in another tab, sent there, or typed on the next page', async () => {
    disk.held = 'un';
    const drafts = await page();
    drafts.set(key, 'un b');
    const kept = left(drafts)!;
    disk.held = 'd’un autre onglet';
    expect(await next(kept)).to.equal('d’un autre onglet');
    disk.held = '';
    expect(await next(kept)).to.equal('');
    disk.held = 'un';
    const here = await page();
    here.set(key, 'et ici');
    await takeBack(here, kept);
    expect(here.get(key)).to.equal('et ici');
  });

  it('comes back unless it was sent, where the page goes while it is being sent', async () => {
    disk.held = 'un';
    const drafts = await page();
    drafts.set(key, 'un b');
    let commit = (): void => {};
    const sent = drafts.send(key, 'un b', () => new Promise<void>((done) => (commit = done)));
    const kept = left(drafts);
    expect(await next(kept), 'nothing arrived').to.equal('un b');
    disk.held = '';
    expect(await next(kept), 'it is sent').to.equal('');
    commit();
    await sent;
    expect(left(drafts)).to.equal(undefined);
  });

  it('is on the device as a whole before it is sent, also where the field was ahead of it', async () => {
    const drafts = await page();
    drafts.set(key, 'u');
    const sent = drafts.send(key, 'un b', () => disk.writeDraft(key, ''));
    const seen: string[] = [];
    for (let write = 0; write < 3; write++) {
      await disk.arrive();
      seen.push(disk.held);
    }
    expect([await sent, seen]).to.deep.equal([true, ['u', 'un b', '']]);
    expect(left(drafts)).to.equal(undefined);
  });

  it('is still one where sending failed', async () => {
    const drafts = await page();
    const full = Object.assign(new Error('full'), { name: 'StorageError' });
    expect(await drafts.send(key, 'un', () => Promise.reject(full))).to.equal(false);
    expect(await next(left(drafts))).to.equal('un');
  });
});
