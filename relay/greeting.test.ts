/** What a relay says when it starts: to whom it gives an invitation, and for how long. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Page } from '../shared/api/route/page.ts';
import type { OfficeInvitation } from '../shared/api/invitations.ts';
import { greeting } from './greeting.ts';
import { ManualClock } from './testing/manual-clock.ts';
import { askOffice } from './testing/office-client.ts';
import { startTestRelay } from './testing/start-test-relay.ts';

const LINK = /^Helper invitation http\S+\/desk\/#invite=[\w-]{22}$/m;
const DAY_MS = 86_400_000;

describe('the greeting', () => {
  let data: string;
  before(async () => {
    data = await mkdtemp(join(tmpdir(), 'comptoir-greeting-'));
  });
  after(() => rm(data, { recursive: true }));

  it('has an invitation for one day at the first start, wherever it is read', async () => {
    await using test = await startTestRelay({ data, clock: new ManualClock(Date.now()) });
    const said = await greeting(test.relay, { data, isTerminal: false });
    assert.match(said, LINK);
    assert.match(said, /^Demo shop {9}http:\/\/localhost:\d+\/$/m);
    const { fingerprint } = test.relay.core.authority;
    assert.match(said, new RegExp(`^Data {14}${data} \\(community ${fingerprint}\\)$`, 'm'));
    const { body } = await askOffice<Page<OfficeInvitation>>(test.relay, 'GET', '/invitations');
    assert.deepEqual(
      body.items.map(({ created, expires }) => expires - created),
      [DAY_MS],
    );
  });

  it('leaves none in a journal after that, and says how to get one', async () => {
    await using test = await startTestRelay({ data });
    const said = await greeting(test.relay, { data, isTerminal: false });
    assert.doesNotMatch(said, /#invite=/);
    assert.match(said, /^Helper invitation npm run comptoir -- invite$/m);
    const { body } = await askOffice<Page<OfficeInvitation>>(test.relay, 'GET', '/invitations');
    assert.equal(body.items.length, 1);
  });

  it('has one for whoever sits at a terminal', async () => {
    await using test = await startTestRelay({ data });
    assert.match(await greeting(test.relay, { data, isTerminal: true }), LINK);
  });
});
