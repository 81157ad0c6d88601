/** What is said of a relay that cannot write. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ApiError } from '../../../shared/api/route/api-error.ts';
import { silentLog } from '../../core/ports/log.ts';
import { aboutHandlers } from './about-routes.ts';

describe('whether a relay is ready', () => {
  it('is told to everybody who asks, and said once in the log each time it changes', async () => {
    let isFull = true;
    const failures: string[] = [];
    const { ready } = aboutHandlers({
      authority: {} as never,
      openapi: '',
      check: async () => {
        if (isFull) throw new Error('no room left');
      },
      log: { ...silentLog, error: (message) => void failures.push(message) },
    });
    const given = {
      refuse: (code: 'unavailable', message: string) => new ApiError(code, message),
    } as never;
    for (let times = 0; times < 100; times++)
      await assert.rejects(async () => ready(given), { code: 'unavailable' });
    assert.equal(failures.length, 1);
    isFull = false;
    assert.equal(await ready(given), 'ready\n');
    isFull = true;
    await assert.rejects(async () => ready(given), { code: 'unavailable' });
    assert.equal(failures.length, 2);
  });
});
