/** The notice form: what a person without script, account or cookie meets, and what somebody hostile does not. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { parse } from 'parse5';
import type { OfficeNotice } from '../../../shared/api/notices.ts';
import type { Page } from '../../../shared/api/route/page.ts';
import { ManualClock } from '../../testing/manual-clock.ts';
import { askOffice } from '../../testing/office-client.ts';
import { type TestRelay, startTestRelay } from '../../testing/start-test-relay.ts';

const good = {
  lang: 'en',
  place: 'https://shop.example/drill, the second message',
  kind: 'hate',
  why: 'It calls for violence:\r\narticle 24 of the press law.',
  name: 'Ana Élan',
  email: 'ana@example.org',
  faith: 'yes',
};

describe('the notice form', () => {
  const clock = new ManualClock(Date.now());
  let test: TestRelay;
  before(async () => {
    test = await startTestRelay({ clock });
  });
  after(() => test[Symbol.asyncDispose]());

  const open = (query = '', headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${test.url}/notice${query}`, { headers, redirect: 'manual' });
  async function send(
    more: Partial<Record<keyof typeof good, string>> = {},
    query = '',
  ): Promise<{ readonly answer: Response; readonly text: string }> {
    clock.advance(600_000); // limits refill
    const body = new URLSearchParams({ ...good, ...more });
    const answer = await fetch(`${test.url}/notice${query}`, {
      method: 'POST',
      body,
      redirect: 'manual',
    });
    return { answer, text: await answer.text() };
  }
  const notices = async (query = ''): Promise<readonly OfficeNotice[]> =>
    (await askOffice<Page<OfficeNotice>>(test.relay, 'GET', `/notices${query}`)).body.items;
  const valueOf = (text: string, name: string): string | undefined =>
    new RegExp(`name="${name}"[^>]*value="([^"]*)"`).exec(text)?.[1];

  it('speaks the language of the browser, or the one that was chosen', async () => {
    for (const [asked, query, lang] of [
      ['fr-CH, en;q=0.5', '', 'fr'],
      ['de, fr;q=0.2, en;q=0.8', '', 'en'],
      ['de', '', 'en'],
      ['', '', 'en'],
      ['fr', '?lang=en', 'en'],
      ['en', '?lang=fr', 'fr'],
      ['fr', '?lang=xx', 'fr'],
    ] as const) {
      const answer = await open(query, asked === '' ? {} : { 'accept-language': asked });
      assert.equal(answer.status, 200);
      assert.equal(answer.headers.get('content-language'), lang, `${asked} ${query}`);
      const text = await answer.text();
      assert.match(text, new RegExp(`<html lang="${lang}">`));
      const other = lang === 'fr' ? 'en' : 'fr';
      assert.match(text, new RegExp(`href="/notice\\?lang=${other}"`), 'a way to the other');
    }
  });

  it('loads nothing, runs nothing and is framed by nobody', async () => {
    const answer = await open();
    const policy = answer.headers.get('content-security-policy') ?? '';
    const text = await answer.text();
    const style = /<style>([\s\S]*?)<\/style>/.exec(text)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    assert.equal(
      policy,
      `default-src 'none'; style-src 'sha256-${hash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
    );
    assert.doesNotMatch(text, /<script|style="|\son\w+=|<img|<link/i);
    assert.equal(answer.headers.get('referrer-policy'), 'no-referrer');
    assert.equal(answer.headers.get('cache-control'), 'no-store');
    assert.equal(answer.headers.get('set-cookie'), null);
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
  });

  it('names each field, and is well-formed', async () => {
    const text = await (await open()).text();
    for (const name of ['place', 'kind', 'why', 'name', 'email', 'faith']) {
      assert.match(text, new RegExp(`<label[^>]*for="${name}"`), name);
      assert.match(text, new RegExp(`id="${name}"`), name);
    }
    const errors: unknown[] = [];
    const told = (await send({ why: '', faith: '' })).text;
    for (const html of [text, told, (await send()).text])
      parse(html, { onParseError: (error) => void errors.push(error) });
    // Self-closing slashes are how our formatter writes it.
    const wrong = (errors as { code: string }[]).filter(({ code }) => !/self-closing/.test(code));
    assert.deepEqual(wrong, []);
  });

  it('confirms what was received, with a reference by which the office finds it', async () => {
    const { answer, text } = await send();
    assert.equal(answer.status, 201);
    const reference = /N-[A-Z2-9]{4}-[A-Z2-9]{4}/.exec(text)?.[0];
    const found = (await notices()).find((one) => one.reference === reference);
    const { faith: _faith, ...kept } = good;
    assert.deepEqual(found, {
      ...kept,
      why: 'It calls for violence:\narticle 24 of the press law.',
      reference,
      at: clock.now(),
      decision: null,
    });
  });

  it('asks who it is, as the law does, but not where a child is abused', async () => {
    const nameless = { name: '', email: '' };
    const { answer, text } = await send(nameless);
    assert.equal(answer.status, 422);
    assert.match(text, /id="name-fault"[\s\S]*id="email-fault"/);
    assert.equal((await send({ ...nameless, kind: 'child-abuse' })).answer.status, 201);
  });

  it('says at each field what is wrong, in the form’s language, and keeps what was typed', async () => {
    const before = (await notices()).length;
    const { answer, text } = await send({
      lang: 'fr',
      kind: 'nothing',
      email: 'no address',
      faith: '',
      why: ' ',
    });
    assert.equal(answer.status, 422);
    assert.equal(answer.headers.get('content-language'), 'fr');
    assert.match(text, /role="alert"/);
    for (const name of ['kind', 'email', 'faith', 'why']) {
      assert.match(text, new RegExp(`<a href="#${name}">`), name);
      assert.match(text, new RegExp(`id="${name}-fault"`), name);
      assert.match(text, new RegExp(`id="${name}"[^>]*aria-invalid="true"`), name);
      assert.match(
        text,
        new RegExp(`id="${name}"[^>]*aria-describedby="[^"]*${name}-fault"`),
        name,
      );
    }
    assert.equal(valueOf(text, 'place'), good.place);
    assert.equal(valueOf(text, 'name'), good.name);
    for (const more of [
      { place: 'x'.repeat(501) },
      { why: 'x'.repeat(4_001) },
      { name: 'two\nlines' },
      { name: 'turned \u202e round' },
      { email: 'a@b.c\nBcc: others@example.org' },
      { place: '' },
    ])
      assert.equal((await send(more)).answer.status, 422, JSON.stringify(more).slice(0, 40));
    assert.equal((await notices()).length, before, 'nothing was kept');
  });

  it('shows what was typed as text, whatever it is', async () => {
    const evil = `"><script>alert(1)</script><img src=x onerror=alert(1)>'`;
    const { text } = await send({
      place: evil,
      why: `</textarea>${evil}`,
      name: evil,
      email: evil,
    });
    assert.doesNotMatch(text, /<script|<img/);
    assert.match(text, /&lt;script&gt;/);
    for (const kind of [evil, '__proto__', 'constructor'])
      assert.equal((await send({ kind })).answer.status, 422);
  });

  it('leads nowhere else, and no header says what somebody sent', async () => {
    const evil = 'fr\r\nSet-Cookie: x=1';
    for (const query of [
      '?lang=%0d%0aSet-Cookie:%20x=1',
      '?next=https://evil.example',
      '?lang=//evil.example',
      '?url=javascript:alert(1)',
    ]) {
      for (const { answer, text } of [
        await send({}, query),
        await send({ lang: evil }, query),
        { answer: await open(query), text: '' },
      ]) {
        assert.ok([200, 201].includes(answer.status), `${answer.status}`);
        assert.equal(answer.headers.get('location'), null);
        assert.equal(answer.headers.get('set-cookie'), null);
        assert.match(answer.headers.get('content-language') ?? '', /^(en|fr)$/);
        assert.doesNotMatch(text, /evil\.example|javascript:/);
      }
    }
  });

  it('takes no more than a form holds', async () => {
    const { answer, text } = await send({ why: 'é'.repeat(20_000) });
    assert.equal(answer.status, 413);
    assert.match(text, /role="alert"/);
  });

  it('asks whoever sends one after the other to wait, and says how long', async () => {
    let answer: Response;
    let sent = 0;
    const before = (await notices()).length;
    do {
      answer = await fetch(`${test.url}/notice`, {
        method: 'POST',
        body: new URLSearchParams(good),
      });
      await answer.arrayBuffer();
      sent++;
    } while (answer.status === 201 && sent < 50);
    assert.equal(answer.status, 429);
    assert.match(answer.headers.get('retry-after') ?? '', /^\d+$/);
    assert.ok(sent > 3 && sent < 10, `${sent}`);
    assert.equal((await notices()).length, before + sent - 1);
  });

  it('is decided once, by whom the audit says', async () => {
    const { text } = await send();
    const reference = /N-[A-Z2-9]{4}-[A-Z2-9]{4}/.exec(text)?.[0] ?? '';
    const decide = (upheld: boolean) =>
      askOffice<{ error: string; by: string; message: string } | null>(
        test.relay,
        'POST',
        `/notices/${reference}/decide`,
        {
          upheld,
          reason: 'The message is hidden.',
        },
      );
    assert.equal((await decide(true)).status, 204);
    const again = await decide(false);
    assert.deepEqual(
      [again.status, again.body?.error, again.body?.by],
      [409, 'conflict', 'operator'],
    );
    assert.match(again.body?.message ?? '', /decided by operator/);
    const { status } = await askOffice(test.relay, 'POST', '/notices/N-AAAA-AAAA/decide', {
      upheld: true,
      reason: 'None.',
    });
    assert.equal(status, 404);
    assert.ok(!(await notices()).some((one) => one.reference === reference));
    const decided = (await notices('?decided=1')).find((one) => one.reference === reference);
    assert.deepEqual(decided?.decision, {
      upheld: true,
      by: 'operator',
      at: clock.now(),
      reason: 'The message is hidden.',
    });
    const lines = await askOffice<Page<{ act: string }>>(
      test.relay,
      'GET',
      `/audit?target=notice:${reference}`,
    );
    assert.deepEqual(
      lines.body.items.map(({ act }) => act),
      ['notice-decided'],
    );
  });
});
