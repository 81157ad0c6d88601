import { assert } from '@open-wc/testing';
import { deskWords } from '../../locales/desk.ts';
import type { DeskState } from '../../store/desk/desk-state.ts';
import { busyState, conversation, deskState } from '../testing/desk-fixtures.ts';
import { DeskAlerts, waitingForMe } from './desk-alerts.ts';
import { PageBadge } from './page-badge.ts';

const bell = (id: string, what: 'question' | 'message' = 'question'): DeskState['bell'] => ({
  id,
  what,
  conversation: conversation('switch'),
  text: 'lequel est la phase ?',
});

function alerts(hidden = true) {
  const heard: string[] = [];
  const made = new DeskAlerts({
    badge: { show: (count) => heard.push(`badge ${count}`) },
    chime: { play: () => heard.push('chime'), dispose: () => undefined },
    notify: (title, { body }) => {
      heard.push(`notification ${title}: ${body ?? ''}`);
      return null;
    },
    hidden: () => hidden,
    open: () => undefined,
  });
  const tell = (given: Partial<DeskState>): string[] => {
    heard.length = 0;
    made.tell(deskState({ notify: true, ...given }), deskWords('fr'));
    return heard.filter((line) => !line.startsWith('badge'));
  };
  return { tell, heard };
}

describe('alerts of the desk', () => {
  it('rings once for what is new, not for what was there', () => {
    const { tell } = alerts();
    assert.deepEqual(tell({ bell: bell('1') }), []);
    assert.deepEqual(tell({ bell: bell('1') }), []);
    assert.deepEqual(tell({ bell: bell('2', 'message') }), [
      'chime',
      'notification Nouveau message: lequel est la phase ?',
    ]);
    assert.deepEqual(tell({ bell: bell('2', 'message') }), []);
  });

  it('is as quiet as it was asked to be', () => {
    const { tell } = alerts();
    tell({});
    assert.deepEqual(tell({ bell: bell('1'), sound: false, notify: false }), []);
    const seen = alerts(false);
    seen.tell({});
    assert.deepEqual(seen.tell({ bell: bell('1') }), ['chime'], 'no notification while it is seen');
  });

  it('counts those who wait, and mine with something unread', () => {
    assert.equal(waitingForMe(busyState()), 5);
    const { tell, heard } = alerts();
    tell({ access: { status: 'outside' }, waiting: busyState().waiting });
    assert.deepEqual(heard, ['badge 0'], 'nothing outside the desk');
  });
});

describe('the page’s badge', () => {
  it('stands in the title and the tab’s icon', () => {
    const page = document.implementation.createHTMLDocument();
    const link = page.createElement('link');
    link.rel = 'icon';
    page.head.append(link);
    const badge = new PageBadge({
      page,
      name: 'Comptoir',
      icons: { quiet: '/quiet.svg', waiting: '/waiting.svg' },
    });
    badge.show(3);
    assert.equal(page.title, '(3) Comptoir');
    assert.equal(link.getAttribute('href'), '/waiting.svg');
    badge.show(0);
    assert.equal(page.title, 'Comptoir');
    assert.equal(link.getAttribute('href'), '/quiet.svg');
  });
});
