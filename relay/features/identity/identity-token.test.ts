/** The brand's tokens: a shared secret, published keys, and what is wrong with each. */
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { SignJWT, type JWK, exportJWK, generateKeyPair } from 'jose';
import { type IdentityOptions, identityCheck } from './identity-token.ts';

const SECRET = 's'.repeat(40);
const secret = new TextEncoder().encode(SECRET);
const seal = (bytes: Uint8Array): Uint8Array => bytes.slice(-16);

describe('the brand’s token', () => {
  let server: Server;
  let keys: { keys: JWK[] } | null;
  let signer: CryptoKey;
  let jwksUrl: string;
  before(async () => {
    const pair = await generateKeyPair('ES256');
    signer = pair.privateKey;
    keys = { keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'one', alg: 'ES256' }] };
    server = createServer((_request, response) => {
      response.statusCode = keys ? 200 : 500;
      response.end(JSON.stringify(keys ?? {}));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    jwksUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`;
  });
  after(() => server.close());

  const check = (more: Partial<IdentityOptions>): NonNullable<ReturnType<typeof identityCheck>> => {
    const made = identityCheck({ secret: null, jwksUrl: null, audience: 'here', seal, ...more });
    assert.ok(made);
    return made;
  };
  const token = (alg = 'ES256', claims: object = {}): SignJWT =>
    new SignJWT({ ...claims })
      .setProtectedHeader({ alg, kid: 'one' })
      .setSubject('customer 7')
      .setAudience('here')
      .setExpirationTime('5m');

  it('is ignored when the brand has set nothing', () => {
    assert.equal(identityCheck({ secret: null, jwksUrl: null, audience: 'here', seal }), undefined);
  });

  it('names the same member by a secret and by published keys', async () => {
    const bySecret = await check({ secret: SECRET })(await token('HS256').sign(secret));
    const byKeys = await check({ jwksUrl })(await token().sign(signer));
    assert.equal(bySecret.type, 'accepted');
    assert.deepEqual(bySecret, byKeys);
  });

  it('is refused for another audience, without an end, without a name, before its time', async () => {
    const bySecret = check({ secret: SECRET });
    const types = await Promise.all(
      [
        token('HS256').setAudience('elsewhere'),
        new SignJWT({ sub: 'customer 7', aud: 'here' }).setProtectedHeader({ alg: 'HS256' }),
        token('HS256').setSubject(''),
        token('HS256').setNotBefore('5m'),
      ].map(async (one) => (await bySecret(await one.sign(secret))).type),
    );
    assert.deepEqual(types, ['refused', 'refused', 'refused', 'refused']);
    assert.deepEqual(await bySecret('not.a.token'), { type: 'refused' });
  });

  it('is refused when its name is no text: two customers would have one name', async () => {
    const now = Math.floor(Date.now() / 1_000);
    for (const sub of [7, true, {}, { id: 7 }, ['customer 7'], 'customer \ud800']) {
      // Signed by hand: a library makes no such token.
      const [head, claims] = [{ alg: 'HS256' }, { sub, aud: 'here', exp: now + 300 }].map((part) =>
        Buffer.from(JSON.stringify(part)).toString('base64url'),
      );
      const seals = createHmac('sha256', SECRET).update(`${head}.${claims}`).digest('base64url');
      const answer = await check({ secret: SECRET })(`${head}.${claims}.${seals}`);
      assert.deepEqual(answer, { type: 'refused' }, JSON.stringify(sub));
    }
  });

  it('is not taken by a key that it brings along or points to', async () => {
    const own = await generateKeyPair('ES256', { extractable: true });
    const jwk = await exportJWK(own.publicKey);
    const asked: string[] = [];
    const elsewhere = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.end(JSON.stringify({ keys: [{ ...jwk, kid: 'one', alg: 'ES256' }] }));
    }).listen(0, '127.0.0.1');
    await once(elsewhere, 'listening');
    try {
      const there = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`;
      for (const header of [{ jwk }, { jku: there }, { x5u: there }, { kid: there }]) {
        const forged = new SignJWT({ sub: 'customer 7', aud: 'here' })
          .setProtectedHeader({ alg: 'ES256', kid: 'one', ...header })
          .setExpirationTime('5m');
        const answer = await check({ jwksUrl })(await forged.sign(own.privateKey));
        assert.deepEqual(answer, { type: 'refused' }, JSON.stringify(header));
      }
      assert.deepEqual(asked, []);
    } finally {
      elsewhere.close();
    }
  });

  it('is taken from a clock that is a minute off, and is expired after it', async () => {
    const now = Math.floor(Date.now() / 1_000);
    const at = async (expires: number): Promise<string> =>
      (
        await check({ secret: SECRET })(
          await token('HS256').setExpirationTime(expires).sign(secret),
        )
      ).type;
    assert.equal(await at(now - 30), 'accepted');
    assert.equal(await at(now - 120), 'expired');
  });

  it('is not taken when its key is the published one used as a secret', async () => {
    const published = new TextEncoder().encode(JSON.stringify(keys));
    const confused = await token('HS256').sign(published);
    assert.deepEqual(await check({ jwksUrl })(confused), { type: 'refused' });
    const other = await generateKeyPair('ES256');
    assert.deepEqual(await check({ jwksUrl })(await token().sign(other.privateKey)), {
      type: 'refused',
    });
  });

  it('is neither taken nor refused while the keys cannot be fetched', async () => {
    const held = keys;
    keys = null;
    assert.deepEqual(await check({ jwksUrl })(await token().sign(signer)), { type: 'unavailable' });
    keys = held;
    const gone = check({ jwksUrl: 'http://127.0.0.1:1/jwks.json' });
    assert.deepEqual(await gone(await token().sign(signer)), { type: 'unavailable' });
  });
});
