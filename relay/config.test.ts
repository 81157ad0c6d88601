import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ConfigError, readConfig } from './config.ts';
import { type Setting, settings, variablesOf } from './settings.ts';

describe('readConfig', () => {
  it('needs nothing', () => {
    const config = readConfig({});
    assert.deepEqual(
      [config.port, config.host, config.data, config.publicUrl],
      [8_787, '127.0.0.1', './data', null],
    );
  });

  it('takes PORT, and COMPTOIR_PORT before it', () => {
    assert.equal(readConfig({ PORT: '80' }).port, 80);
    assert.equal(readConfig({ PORT: '80', COMPTOIR_PORT: '90' }).port, 90);
  });

  it('has defaults that could be set as well, and takes what is empty for not set', () => {
    const env: Record<string, string> = {};
    for (const setting of Object.values<Setting>(settings)) {
      const { fallback, isSecret = false } = setting;
      for (const name of variablesOf(setting)) {
        if (isSecret || fallback === null || Array.isArray(fallback)) env[name] = ' ';
        else env[name] = ` ${JSON.stringify(fallback).replaceAll('"', '')} `;
      }
    }
    assert.deepEqual(readConfig(env), readConfig({}));
  });

  it('reads lists and addresses', () => {
    const config = readConfig({
      COMPTOIR_ORIGINS: 'https://a.example, https://b.example/',
      COMPTOIR_PUBLIC_URL: 'https://chat.example/',
      COMPTOIR_TRUSTED_PROXIES: '10.0.0.0/8,::1',
    });
    assert.deepEqual(config.origins, ['https://a.example', 'https://b.example']);
    assert.equal(config.publicUrl, 'https://chat.example');
    assert.deepEqual(config.trustedProxies, ['10.0.0.0/8', '::1']);
  });

  it('reads the secret from a file that is its owner’s alone', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'comptoir-config-'));
    const path = join(folder, 'identity.secret');
    await writeFile(path, `${'k'.repeat(40)}\n`, { mode: 0o600 });
    const env = { COMPTOIR_IDENTITY_SECRET_FILE: path };
    assert.equal(readConfig(env).identitySecret, 'k'.repeat(40));
    await chmod(path, 0o640);
    assert.throws(
      () => readConfig(env),
      /others may read .*identity\.secret; it must have mode 0600/,
    );
    await rm(folder, { recursive: true });
    assert.throws(() => readConfig(env), /cannot be read/);
    await mkdir(folder);
    await writeFile(path, 'too short to hold', { mode: 0o600 });
    assert.throws(
      () => readConfig(env),
      /_FILE: what .*identity\.secret holds is not allowed; it must be at least 32 characters$/,
    );
    await rm(folder, { recursive: true });
  });

  it('takes a secret or published keys, and keys from nobody in between', () => {
    const jwks = { COMPTOIR_IDENTITY_JWKS: 'https://www.example.com/jwks.json' };
    assert.equal(readConfig(jwks).identityJwks, jwks.COMPTOIR_IDENTITY_JWKS);
    const both = { ...jwks, COMPTOIR_IDENTITY_SECRET: 'k'.repeat(40) };
    assert.throws(() => readConfig(both), /one of them, not both/);
    const plain = { COMPTOIR_IDENTITY_JWKS: 'http://www.example.com/jwks.json' };
    assert.throws(() => readConfig(plain), /an https address/);
  });

  it('tells all problems at once, each with what is allowed, and never a secret', () => {
    const env = {
      COMPTOIR_PORT: '99999',
      COMPTOIR_ORIGINS: 'https://a.example/path',
      COMPTOIR_TRUSTED_PROXIES: '10.0.0.0/64',
      COMPTOIR_LOG: 'loud',
      COMPTOIR_IDENTITY_SECRET: 'short',
      COMPTOIR_PUBLIC_URI: 'x',
    };
    assert.throws(
      () => readConfig(env),
      (error) => {
        assert.ok(error instanceof ConfigError);
        assert.equal(error.problems.length, 6);
        for (const name of Object.keys(env)) assert.match(error.message, new RegExp(name));
        assert.match(error.message, /0 to 65535/);
        assert.match(error.message, /error, warn, info, silent/);
        assert.doesNotMatch(error.message, /short/);
        return true;
      },
    );
  });
});
