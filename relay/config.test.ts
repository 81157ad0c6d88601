import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ConfigError, readConfig } from './config.ts';

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
