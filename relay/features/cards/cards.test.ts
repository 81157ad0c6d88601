/** Helper cards and photos, with real images and real SQLite. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { crc32, deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import { Role } from '../../../shared/grant/roles.ts';
import { type Fingerprint, parseSpaceId } from '../../../shared/ids.ts';
import type { Page } from '../../../shared/api/route/page.ts';
import type { OfficePhoto, OwnCard } from '../../../shared/api/cards.ts';
import type { ErrorResponse } from '../../../shared/api/route/errors.ts';
import { Limits } from '../../../shared/limits.ts';
import type { CardRecord } from '../../../shared/protocol/records.ts';
import { silentLog } from '../../core/ports/log.ts';
import { BrowserClient } from '../../testing/browser-client.ts';
import { ManualClock } from '../../testing/manual-clock.ts';
import { askOffice, someLine } from '../../testing/office-client.ts';
import { type TestRelay, startTestRelay } from '../../testing/start-test-relay.ts';
import { TestDevice, TestIdentity, redeem } from '../../testing/test-device.ts';
import { PhotoDecoder } from './photo-decoder.ts';

const plain = { topics: [], store: '', owns: [] };

/** An image of two halves, red on the left, blue on the right. */
function halves(width = 400, height = 200): Sharp {
  const blue = { create: { width: width / 2, height, channels: 3, background: '#00f' } } as const;
  return sharp({ create: { width, height, channels: 3, background: '#f00' } }).composite([
    { input: blue, left: width / 2, top: 0 },
  ]);
}

describe('helper cards', () => {
  const clock = new ManualClock(Date.now());
  let test: TestRelay;
  let community: Fingerprint;
  let maud: BrowserClient;
  let jean: BrowserClient;
  let manager: BrowserClient;
  let visitor: BrowserClient;
  before(async () => {
    test = await startTestRelay({ clock });
    community = test.relay.core.authority.fingerprint;
    maud = await joined('Maud');
    jean = await joined('Jean');
    manager = await joined('Zoé', Role.manager);
    visitor = new BrowserClient(test.url, community, new TestIdentity());
  });
  after(() => test[Symbol.asyncDispose]());
  beforeEach(async () => {
    clock.advance(10 * 60_000); // limits refill
    await maud.send('PUT', '/api/me/card', { body: JSON.stringify({ name: 'Maud', ...plain }) });
    await maud.send('DELETE', '/api/me/photo');
  });

  async function joined(name: string, role: Role = Role.helper): Promise<BrowserClient> {
    const identity = new TestIdentity();
    await redeem(test.url, community, identity, await test.relay.inviteLink(role), name);
    const client = new BrowserClient(test.url, community, identity);
    await client.open();
    return client;
  }
  const asked = async <T>(answer: Promise<Response>): Promise<T> => (await answer).json() as T;
  const own = (client: BrowserClient): Promise<OwnCard> =>
    asked(client.send('GET', '/api/me/card'));
  /** In good time: a change is due again. */
  const put = (client: BrowserClient, card: object): Promise<Response> => {
    clock.advance(30_000);
    return client.send('PUT', '/api/me/card', { body: JSON.stringify(card) });
  };
  const upload = (client: BrowserClient, image: Uint8Array): Promise<Response> =>
    client.send('PUT', '/api/me/photo', { body: new Uint8Array(image) });
  const photo = (name: string, client: BrowserClient): Promise<Response> =>
    client.send('GET', `/api/photos/${name}`, { origin: null });
  /** A member's card as everyone reads it. */
  async function shown({ identity }: BrowserClient): Promise<CardRecord | undefined> {
    const space = await test.relay.spaces.public('demo' as never);
    return space?.cards.find(({ member }) => member === identity.member);
  }
  /** Uploads an image and lets it through. */
  async function showPhoto(client: BrowserClient): Promise<string> {
    const answer = await upload(client, await halves().jpeg().toBuffer());
    const { name } = ((await answer.json()) as OwnCard).photo ?? { name: '' };
    await test.relay.cards.show(name, someLine);
    return name;
  }

  describe('fields', () => {
    const card = {
      name: 'Maud B.',
      topics: ['Murs', 'Peinture'],
      store: 'Lyon',
      owns: ['Perceuse P18'],
    };

    it('are kept, shown in the space at once, and stand in the next grant', async () => {
      const since = (await shown(maud))?.since;
      const answer = await put(maud, card);
      assert.equal(answer.status, 200);
      assert.deepEqual(await answer.json(), { ...card, photo: null });
      assert.deepEqual(await own(maud), { ...card, photo: null });
      const { member } = maud.identity;
      assert.deepEqual(await shown(maud), { member, role: Role.helper, since, ...card });
      const devices = await test.relay.members.membersOf([maud.identity.key]);
      assert.deepEqual(
        [...devices.values()].map((one) => one !== 'removed' && one.name),
        ['Maud B.'],
      );
    });

    it('take what is within the limits, trimmed and each once', async () => {
      const word = 'x'.repeat(Limits.cardItemLength);
      const many = Array.from({ length: Limits.cardItems }, (_, at) => `é${at}`);
      const kept = await put(maud, { name: ' M ', topics: many, store: word, owns: ['a', ' a '] });
      assert.deepEqual(await kept.json(), {
        name: 'M',
        topics: many,
        store: word,
        owns: ['a'],
        photo: null,
      });
      for (const wrong of [
        { name: '' },
        { name: '   ' },
        { name: 'x'.repeat(Limits.nameLength + 1) },
        { name: 'a\u202eb' },
        { name: 'a\u2028b' }, // another line
        { name: `a${'\u0336'.repeat(6)}` }, // marks over the lines around it
        { name: '\u3164' }, // a filler, which shows as nothing
        { name: '\u2800\ufe0f' },
        { topics: [...many, 'more'] },
        { topics: [''] },
        { topics: [`${word}x`] },
        { topics: 'Murs' },
        { store: `${word}x` },
        { owns: [1] },
        { store: undefined },
      ]) {
        const answer = await put(maud, { ...card, ...wrong });
        assert.equal(answer.status, 400, JSON.stringify(wrong));
      }
      assert.equal((await own(maud)).name, 'M');
      for (const name of ['Zo\u0308e\u0301', 'علی\u200cرضا', '👩\u200d🌾 Ana']) {
        const answer = await put(maud, { ...card, name });
        assert.equal(((await answer.json()) as typeof card).name, name);
      }
      await put(maud, { ...card, name: 'M' });
    });

    it('need a session', async () => {
      for (const [method, path] of [
        ['GET', '/api/me/card'],
        ['PUT', '/api/me/card'],
        ['PUT', '/api/me/photo'],
        ['DELETE', '/api/me/photo'],
      ] as const) {
        const answer = await visitor.send(method, path);
        assert.equal(answer.status, 401, `${method} ${path}`);
        assert.equal(((await answer.json()) as ErrorResponse).error, 'no-session');
      }
    });

    it('leave the spaces that the role no longer holds in', async () => {
      const guest = await joined('Idris');
      await showPhoto(guest);
      assert.ok((await shown(guest))?.photo);
      const { member } = guest.identity;
      const { spaces } = test.relay;
      const elsewhere = parseSpaceId('elsewhere');
      await spaces.set({ ...spaces.record(spaces.ids[0]!)!, id: elsewhere });
      await askOffice(test.relay, 'PATCH', `/members/${member}`, { spaces: [elsewhere] });
      assert.equal(await shown(guest), undefined);
      await askOffice(test.relay, 'PATCH', `/members/${member}`, { spaces: [] });
      assert.ok((await shown(guest))?.photo);
    });
  });

  describe('photos', () => {
    it('are made square, small and WebP, upright, without where they were taken', async () => {
      // Portrait by its EXIF orientation: stored lying, red on the left, which is up.
      const image = await halves()
        .withExif({ IFD0: { Make: 'Secretphone' }, IFD3: { GPSLatitudeRef: 'N' } })
        .withMetadata({ orientation: 6 })
        .jpeg()
        .toBuffer();
      assert.ok((await sharp(image).metadata()).exif, 'the upload has EXIF');
      const { photo: made } = await asked<OwnCard>(upload(maud, image));
      assert.equal(made?.held, true);
      const bytes = Buffer.from(await (await photo(made.name, maud)).arrayBuffer());
      const found = await sharp(bytes).metadata();
      assert.deepEqual([found.format, found.width, found.height], ['webp', 192, 192]);
      assert.equal(found.exif ?? found.xmp ?? found.icc, undefined);
      assert.ok(!bytes.includes('Secretphone') && !bytes.includes('EXIF'));
      const { data } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
      const at = (x: number, y: number): number[] =>
        [...data.subarray((y * 192 + x) * 3)].slice(0, 3);
      assert.ok(at(96, 20)[0]! > 200 && at(96, 20)[2]! < 60, 'red is up');
      assert.ok(at(96, 170)[2]! > 200 && at(96, 170)[0]! < 60, 'blue is down');
    });

    it('come as JPEG, PNG, WebP or AVIF', async () => {
      for (const format of ['jpeg', 'png', 'webp', 'avif'] as const) {
        const answer = await upload(maud, await halves().toFormat(format).toBuffer());
        assert.equal(answer.status, 200, format);
      }
    });

    it('wait for a manager: until then only they and their owner see them', async () => {
      const { photo: made } = await asked<OwnCard>(upload(maud, await halves().jpeg().toBuffer()));
      const { name } = made!;
      assert.equal((await shown(maud))?.photo, undefined);
      for (const client of [maud, manager]) {
        const answer = await photo(name, client);
        assert.equal(answer.status, 200);
        assert.equal(answer.headers.get('cache-control'), 'private, no-store');
      }
      for (const client of [jean, visitor]) {
        const answer = await photo(name, client);
        assert.equal(answer.status, 404);
        assert.equal(answer.headers.get('cache-control'), 'no-store');
      }
      const { items: waiting } = await test.relay.cards.held({ most: 100 });
      assert.deepEqual(waiting, [
        { name, member: maud.identity.member, memberName: 'Maud', uploaded: clock.now() },
      ]);
      assert.equal(await test.relay.cards.show(name, someLine), true);
      assert.deepEqual((await test.relay.cards.held({ most: 100 })).items, []);
      assert.equal((await shown(maud))?.photo, name);
      assert.deepEqual((await own(maud)).photo, { name, held: false });
      assert.equal((await photo(name, visitor)).status, 200);
    });

    it('are served to any site, for ever, and as nothing but an image', async () => {
      const answer = await photo(await showPhoto(maud), visitor);
      const { headers } = answer;
      assert.equal(headers.get('content-type'), 'image/webp');
      assert.equal(headers.get('cache-control'), 'public, max-age=31536000, immutable');
      assert.equal(headers.get('x-content-type-options'), 'nosniff');
      assert.equal(headers.get('cross-origin-resource-policy'), 'cross-origin');
      assert.equal(headers.get('content-security-policy'), "default-src 'none'; sandbox");
    });

    it('are deleted when replaced, removed, refused, or with the role', async () => {
      const first = await showPhoto(maud);
      const second = await showPhoto(maud);
      assert.notEqual(first, second, 'the same image never has the same name');
      assert.equal((await photo(first, maud)).status, 404);
      assert.deepEqual((await own(maud)).photo, { name: second, held: false });
      await maud.send('DELETE', '/api/me/photo');
      assert.equal((await own(maud)).photo, null);
      assert.equal((await shown(maud))?.photo, undefined);
      assert.equal((await photo(second, maud)).status, 404);

      const third = await showPhoto(maud);
      assert.equal(await test.relay.cards.refuse(third, someLine), true);
      assert.equal((await shown(maud))?.photo, undefined);
      assert.equal(await test.relay.cards.refuse(third, someLine), false);
      assert.equal(await test.relay.cards.show(third, someLine), false);

      const guest = await joined('Idris');
      const fourth = await showPhoto(guest);
      await askOffice(test.relay, 'PATCH', `/members/${guest.identity.member}`, {
        role: Role.visitor,
      });
      assert.equal((await photo(fourth, visitor)).status, 404);
    });

    it('are let through and refused by the office', async () => {
      await upload(maud, await halves().jpeg().toBuffer());
      const waiting = await askOffice<Page<OfficePhoto>>(test.relay, 'GET', '/photos');
      const { name = '' } = waiting.body.items[0] ?? {};
      assert.equal((await askOffice(test.relay, 'POST', `/photos/${name}/show`)).status, 204);
      assert.equal((await shown(maud))?.photo, name);
      assert.equal((await askOffice(test.relay, 'POST', `/photos/${name}/refuse`)).status, 204);
      assert.equal((await shown(maud))?.photo, undefined);
      assert.equal((await askOffice(test.relay, 'POST', `/photos/${name}/show`)).status, 404);
    });

    it('have no name that does not exist', async () => {
      for (const name of ['x'.repeat(22), 'x', '..%2f..%2fcomptoir.sqlite', '%00'])
        assert.equal((await photo(name, maud)).status, 404, name);
    });

    it('refuse what is no image, one that is cut short, and every other format', async () => {
      const jpeg = await halves().jpeg().toBuffer();
      const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script/></svg>';
      const refused: Record<string, Uint8Array> = {
        nothing: new Uint8Array(),
        text: Buffer.from('not an image'),
        svg: Buffer.from(svg),
        'svg in xml': Buffer.from(`<?xml version="1.0"?>${svg}`),
        gif: await halves().gif().toBuffer(),
        tiff: await halves().tiff().toBuffer(),
        'jpeg cut short': jpeg.subarray(0, jpeg.length / 2),
        'png cut short': (await halves().png().toBuffer()).subarray(0, 300),
        'jpeg head, then noise': Buffer.concat([jpeg.subarray(0, 20), Buffer.alloc(500, 'x')]),
      };
      for (const [what, image] of Object.entries(refused)) {
        clock.advance(60_000);
        const answer = await upload(maud, image);
        assert.equal(answer.status, 415, what);
        assert.equal(((await answer.json()) as ErrorResponse).error, 'not-an-image', what);
      }
      assert.equal((await own(maud)).photo, null);
    });

    it('keep nothing of a file that is an image and something else', async () => {
      const script = '<html><script>alert(1)</script></html>';
      const jpeg = await halves()
        .withExif({ IFD0: { ImageDescription: script } })
        .jpeg()
        .toBuffer();
      const both = Buffer.concat([jpeg, Buffer.from(script)]);
      const { photo: made } = await asked<OwnCard>(upload(maud, both));
      const answer = await photo(made!.name, maud);
      const bytes = Buffer.from(await answer.arrayBuffer());
      assert.ok(!bytes.includes('script'));
    });

    it('refuse a bomb: a small file of very many pixels', async () => {
      const bomb = hugePng(60_000, 60_000);
      assert.ok(bomb.length < 50_000);
      const started = performance.now();
      assert.equal((await upload(maud, bomb)).status, 415);
      assert.ok(performance.now() - started < 5_000);
    });

    it('refuse what is too big, told or not', async () => {
      const image = new Uint8Array(Limits.photoBytes + 1);
      const answer = await upload(maud, image);
      assert.equal(answer.status, 413);
      assert.equal(((await answer.json()) as ErrorResponse).error, 'too-big');
      const untold = await fetch(`${test.url}/api/me/photo`, {
        method: 'PUT',
        headers: { origin: test.url, cookie: maud.cookie },
        body: new Blob([image]).stream(),
        duplex: 'half',
      });
      assert.equal(untold.status, 413);
    });
  });

  it('change a few times at once, whatever of them, then twice a minute', async () => {
    const changes: readonly (() => Promise<Response>)[] = [
      () => jean.send('PUT', '/api/me/card', { body: JSON.stringify({ name: 'Jean', ...plain }) }),
      () => upload(jean, new Uint8Array(3)),
      () => jean.send('DELETE', '/api/me/photo'),
    ];
    const change = (at: number): Promise<Response> => changes[at % changes.length]!();
    for (let at = 0; at < 10; at++) assert.notEqual((await change(at)).status, 429, `${at}`);
    for (let at = 0; at < changes.length; at++) {
      const answer = await change(at);
      assert.equal(answer.status, 429);
      assert.equal(answer.headers.get('retry-after'), '30');
      const { error, retryAfter } = (await answer.json()) as ErrorResponse;
      assert.deepEqual([error, retryAfter], ['too-many', 30]);
    }
    assert.equal((await jean.send('GET', '/api/me/card')).status, 200); // reading is free
    const { status } = await put(manager, { name: 'Zoé', ...plain });
    assert.equal(status, 200, 'nobody else is kept from it');
    assert.equal((await change(0)).status, 200, '30 s later');
    assert.equal((await change(0)).status, 429);
  });

  it('reach a visitor’s device with the space', async () => {
    const name = await showPhoto(maud);
    const device = await TestDevice.connect(test.socketUrl, community);
    const room = await device.open('space/demo');
    const record = room.records.get(`card/${maud.identity.member}`) as CardRecord;
    assert.equal(record.photo, name);
    await device.close();
  });
});

describe('the photo decoder', () => {
  it('gives up an image that takes too long, and goes on with the next', async () => {
    const image = await halves().jpeg().toBuffer();
    const hasty = new PhotoDecoder({ log: silentLog, timeoutMs: 1 });
    assert.deepEqual(await hasty.decode(image), { type: 'not-an-image' });
    const decoder = new PhotoDecoder({ log: silentLog, mostWaiting: 1 });
    const results = await Promise.all([
      decoder.decode(Buffer.from('noise')),
      decoder.decode(image),
      decoder.decode(image),
    ]);
    assert.deepEqual(
      results.map(({ type }) => type),
      ['not-an-image', 'photo', 'busy'],
    );
    const last = decoder.decode(image);
    decoder.close();
    assert.deepEqual(await last, { type: 'busy' });
    assert.deepEqual(await decoder.decode(image), { type: 'busy' });
  });
});

/** A PNG of one colour, made by hand: its size costs nothing until somebody decodes it. */
function hugePng(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const framed = Buffer.alloc(body.length + 8);
    framed.writeUInt32BE(data.length, 0);
    body.copy(framed, 4);
    framed.writeUInt32BE(crc32(body), body.length + 4);
    return framed;
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head[8] = 1; // one bit a pixel
  const lines = deflateSync(Buffer.alloc((Math.ceil(width / 8) + 1) * 200));
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', lines),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
