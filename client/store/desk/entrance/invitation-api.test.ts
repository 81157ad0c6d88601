import { expect } from '@open-wc/testing';
import { bytesToText } from '../../../../shared/bytes.ts';
import { createDeskSync } from '../../../sync/create-desk-sync.ts';
import { startRelay } from '../../../testing/relay.ts';
import { until } from '../../../signals/readable.ts';
import { createInvitationApi } from './invitation-api.ts';
import { createDeskStore } from '../desk-store.ts';

describe('createInvitationApi', () => {
  it('opens the desk by a real relay’s invitation, once', async () => {
    const relay = await startRelay();
    try {
      const api = createInvitationApi(relay.url);
      expect(await api.look('nonsense')).to.deep.equal({ ok: false, problem: 'unknown' });
      const found = await api.look(relay.invitation);
      expect(found.ok && found.value.community).to.equal(relay.community);

      const sync = await createDeskSync({ relay: relay.url, community: relay.community });
      const store = createDeskStore(sync, { relay: relay.url, pageLang: () => 'fr' });
      await until(store.state, ({ access }) => access.status === 'outside');
      await store.present(relay.invitation);
      await store.redeem('Maud');
      const state = await until(store.state, ({ me }) => me?.presence.type === 'here');
      expect(state.access.status).to.equal('inside');
      expect(state.me!.name).to.equal('Maud');
      expect(await api.look(relay.invitation)).to.deep.equal({ ok: false, problem: 'used' });
      await store.erase();

      const forged = { code: 'nonsense', name: 'A', device: bytesToText(new Uint8Array(32)) };
      const signature = bytesToText(new Uint8Array(64));
      expect((await api.redeem({ ...forged, signature })).ok).to.equal(false);
    } finally {
      await relay.kill();
    }
    expect(await createInvitationApi(relay.url).look(relay.invitation)).to.deep.equal({
      ok: false,
      problem: 'away',
    });
  });
});
