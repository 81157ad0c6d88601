import { assert } from '@open-wc/testing';
import { arrivalLink } from './arrival-link.ts';
import { SERVICE_WORKER, trustedServiceWorker } from './service-worker.ts';

describe('the address that opens the desk', () => {
  const link = (text: string): ReturnType<typeof arrivalLink> =>
    arrivalLink(new URL(text, 'https://relay.example'));

  it('gives its invitation and keeps none', () => {
    assert.deepEqual(link('/desk/#invite=abc_-9'), {
      invitation: 'abc_-9',
      address: '/desk/',
      link: null,
    });
    assert.deepEqual(link('/desk?x=1#invite=a'), {
      invitation: 'a',
      address: '/desk/?x=1',
      link: null,
    });
    assert.deepEqual(link('/desk/#else'), { invitation: null, address: '/desk/', link: null });
  });
});

describe('the service worker’s address', () => {
  it('is the one that the policy lets through', () => {
    assert.equal(trustedServiceWorker(), SERVICE_WORKER);
  });
});
