import { expect } from '@open-wc/testing';
import type { OwnCard } from '../../../../shared/api/cards.ts';
import { Limits } from '../../../../shared/limits.ts';
import { LiveOwnCard, type OwnCardState } from './own-card.ts';
import { type Answer, createSessionApi } from '../../session-api.ts';
import { shrinkPhoto } from './shrink-photo.ts';

const stored: OwnCard = { name: 'Maud', topics: ['Murs'], store: 'Lyon', owns: [], photo: null };

/** A card over a relay that answers what a test says. */
function cardWith(answer: (method: string, path: string) => Answer<OwnCard>): {
  card: LiveOwnCard;
  asked: (readonly [string, string, unknown])[];
  settings: Map<string, unknown>;
  state: () => OwnCardState;
} {
  const asked: (readonly [string, string, unknown])[] = [];
  const settings = new Map<string, unknown>();
  const card = new LiveOwnCard({
    relay: '',
    changed: () => {},
    api: {
      ask: (route, ...[body]) => {
        const [method = '', path = ''] = route.replace('/api/', '/').split(' ');
        asked.push([method, path, body]);
        return Promise.resolve(answer(method, path) as Answer<never>);
      },
    },
    sync: {
      readSetting: <T>(key: string) => Promise.resolve(settings.get(key) as T | undefined),
      writeSetting: (key, value) => {
        settings.set(key, value);
        return Promise.resolve();
      },
    },
  });
  return { card, asked, settings, state: () => card.state(undefined) };
}
const ok = (value: OwnCard): Answer<OwnCard> => ({ ok: true, value });
const { photo: _, ...fields } = stored;

describe('a helper’s own card', () => {
  it('is read, changed, kept on the device until saved', async () => {
    let offline = true;
    const { card, asked, settings, state } = cardWith((method) =>
      offline && method === 'PUT'
        ? { ok: false, problem: 'offline' }
        : ok({ ...stored, store: method === 'PUT' ? 'Paris' : 'Lyon' }),
    );
    await card.open();
    expect(state().fields).to.deep.equal(fields);
    card.edit({ ...fields, store: 'Paris' });
    expect(state().changed).to.equal(true);
    await card.save();
    expect(state().problem).to.equal('offline');
    expect(state().fields.store).to.equal('Paris');

    const again = cardWith(() => ok(stored));
    again.settings.set('card-draft', settings.get('card-draft'));
    await again.card.load();
    expect(again.state().fields.store, 'after a reload').to.equal('Paris');

    offline = false;
    await card.save();
    expect(asked.at(-1)).to.deep.equal(['PUT', '/me/card', { ...fields, store: 'Paris' }]);
    expect(state()).to.include({ changed: false, save: 'saved', problem: null });
    await card.open();
    expect(state().save, 'told once').to.equal('idle');
    expect(settings.get('card-draft')).to.equal(null);
  });

  it('forgets a change that was undone by hand', async () => {
    const { card, settings, state } = cardWith(() => ok(stored));
    await card.open();
    card.edit({ ...fields, name: 'Maude' });
    card.edit(fields);
    expect(state().changed).to.equal(false);
    expect(settings.get('card-draft')).to.equal(null);
  });

  it('keeps what is typed while it saves', async () => {
    const { card, state } = cardWith(() => ok({ ...stored, name: 'Maud B.' }));
    await card.open();
    card.edit({ ...fields, name: 'Maud B.' });
    const saving = card.save();
    card.edit({ ...fields, name: 'Maud Bo' });
    await saving;
    expect(state().fields.name).to.equal('Maud Bo');
    expect(state().changed).to.equal(true);
  });

  it('tells of the photo apart', async () => {
    const { card, state } = cardWith((method) =>
      method === 'PUT'
        ? { ok: false, problem: 'not-an-image' }
        : ok({ ...stored, photo: { name: 'abc', held: true } }),
    );
    await card.open();
    expect(state().photo).to.deep.equal({
      url: '/api/photos/abc',
      held: true,
      busy: false,
      problem: null,
    });
    await card.setPhoto(new Blob(['nothing']));
    expect(state().photo.problem).to.equal('not-an-image');
    expect(state().problem).to.equal(null);
    const big = cardWith(() => ok(stored));
    await big.card.setPhoto(new Blob([new Uint8Array(Limits.photoBytes + 1)]));
    expect(big.state().photo.problem).to.equal('too-big');
    expect(big.asked).to.deep.equal([]);
  });
});

describe('shrinkPhoto', () => {
  it('makes a large photo small, and leaves alone what it cannot read', async () => {
    const canvas = new OffscreenCanvas(3_000, 1_500);
    canvas.getContext('2d')?.fillRect(0, 0, 9, 9);
    const small = await createImageBitmap(await shrinkPhoto(await canvas.convertToBlob()));
    expect([small.width, small.height]).to.deep.equal([1_024, 512]);
    const text = new Blob(['no image']);
    expect(await shrinkPhoto(text)).to.equal(text);
  });
});

describe('createSessionApi', () => {
  const real = window.fetch;
  afterEach(() => {
    window.fetch = real;
  });

  /** A relay that answers by path, and what it was asked. */
  function relay(answers: (path: string, count: number) => [number, unknown]): string[] {
    const asked: string[] = [];
    window.fetch = (input, init) => {
      const path = (input as string).replace(location.origin, '');
      asked.push(`${init?.method} ${path}`);
      const [status, body] = answers(path, asked.filter((one) => one.endsWith(path)).length);
      return Promise.resolve(
        status === 204 ? new Response(null, { status }) : Response.json(body, { status }),
      );
    };
    return asked;
  }
  const api = createSessionApi({
    relay: '',
    device: () => 'device',
    sign: (host, nonce) => Promise.resolve(`${host} ${nonce}`),
  });
  const none = [401, { error: 'no-session', message: '' }] as [number, unknown];

  it('opens a session once when there is none, for all that wait', async () => {
    let open = false;
    const asked = relay((path) => {
      if (path.endsWith('/challenge')) return [200, { nonce: 'n' }];
      if (path.endsWith('/session')) {
        open = true;
        return [200, {}];
      }
      return open ? [200, stored] : none;
    });
    const answers = await Promise.all([api.ask('GET /api/me/card'), api.ask('GET /api/me/card')]);
    expect(answers.map(({ ok }) => ok)).to.deep.equal([true, true]);
    expect(asked.filter((one) => one === 'POST /api/session').length).to.equal(1);
  });

  it('asks the relay, whatever the page’s addresses are relative to', async () => {
    const base = document.createElement('base');
    base.href = 'https://elsewhere.invalid/';
    document.head.append(base);
    const asked = relay((path) => (path.endsWith('/challenge') ? [200, { nonce: 'n' }] : none));
    try {
      await api.ask('GET /api/me/card');
    } finally {
      base.remove();
    }
    expect(asked).to.include('GET /api/me/card');
    expect(asked).to.include('POST /api/session/challenge');
  });

  it('fills in what a path of the office names, and takes an answer that holds nothing', async () => {
    const asked = relay((path) => (path.includes('?') ? [200, { items: [] }] : [204, null]));
    const query = { after: 'é&', most: undefined };
    const list = await api.office('GET /api/office/blocks', { query });
    expect(list).to.deep.equal({ ok: true, value: { items: [] } });
    const lifted = await api.office('DELETE /api/office/blocks/:id', { params: { id: 'a/b' } });
    expect(lifted).to.deep.equal({ ok: true, value: undefined });
    expect(asked).to.deep.equal([
      'GET /api/office/blocks?after=%C3%A9%26',
      'DELETE /api/office/blocks/a%2Fb',
    ]);
  });

  it('does not go round and round where no session holds', async () => {
    const asked = relay((path) =>
      path.endsWith('/challenge')
        ? [200, { nonce: 'n' }]
        : path.endsWith('/session')
          ? [200, {}]
          : none,
    );
    expect(await api.ask('GET /api/me/card')).to.deep.equal({ ok: false, problem: 'no-session' });
    expect(asked.length).to.equal(4);
  });

  it('tells why no session opens, and an answer that is none as offline', async () => {
    relay((path) =>
      path.endsWith('/challenge')
        ? [200, { nonce: 'n' }]
        : path.endsWith('/session')
          ? [403, { error: 'forbidden', message: '' }]
          : none,
    );
    expect(await api.ask('GET /api/me/card')).to.deep.equal({ ok: false, problem: 'forbidden' });
    window.fetch = () => Promise.reject(new TypeError('no network'));
    expect(await api.ask('GET /api/me/card')).to.deep.equal({ ok: false, problem: 'offline' });
    window.fetch = () => Promise.resolve(new Response('<html>', { status: 502 }));
    expect(await api.ask('GET /api/me/card')).to.deep.equal({ ok: false, problem: 'offline' });
  });
});
