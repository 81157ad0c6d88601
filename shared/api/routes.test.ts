import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pathOf } from './route/ask.ts';
import {
  nameKey,
  nameKeyText,
  pageAfter,
  pageOfFound,
  parseNameKey,
  parseTimeKey,
  timeKeyText,
  wholeList,
} from './route/page.ts';
import { type Route, route } from './route/route.ts';
import { routes } from './routes.ts';

const table = Object.values<Readonly<Record<string, Route>>>(routes).flatMap((ofFeature) =>
  Object.values(ofFeature),
);

describe('the table of routes', () => {
  it('has each method and path once', () => {
    const names = table.map(({ method, path }) => `${method} ${path}`);
    assert.deepEqual(names, [...new Set(names)]);
  });

  it('names the act of each change of the office, each by a name of its own', () => {
    const changes = table.filter(({ method, rights }) => rights === 'office' && method !== 'GET');
    const acts = changes.map(({ audit }) => audit);
    for (const act of acts) assert.match(act ?? '', /^[a-z]+(-[a-z]+)+$/);
    assert.deepEqual(acts, [...new Set(acts)]);
  });

  it('keeps to one shape of path in the office', () => {
    for (const { path, rights } of table) {
      const isOffice = path.startsWith('/api/office/');
      assert.equal(isOffice, rights === 'office' || rights === 'guard', path);
      if (isOffice) assert.match(path, /^\/api\/office\/[a-z-]+(\/:[a-z]+(\/[a-z-]+)?)?$/);
    }
  });

  it('compiles no change of the office without its act, and no path without what its names are', () => {
    const given = { path: '/api/office/x', about: '', rights: 'office', response: null } as const;
    // @ts-expect-error: no act
    route({ ...given, method: 'POST' });
    // @ts-expect-error: an act must have a name
    route({ ...given, method: 'POST', audit: null });
    // @ts-expect-error: reading is no act
    route({ ...given, method: 'GET', audit: 'read' });
    // @ts-expect-error: no schema of the id
    route({ ...given, method: 'GET', path: '/api/office/x/:id' });
    // @ts-expect-error: nothing says what is signed
    route({ ...given, method: 'POST', rights: 'signed', audit: null });
    assert.equal(route({ ...given, method: 'POST', audit: 'x-made' }).audit, 'x-made');
  });

  it('makes paths of what they are asked with', () => {
    const { change, list } = routes.members;
    assert.equal(
      pathOf(change, { params: { id: 'a/b?' }, body: {} }),
      '/api/office/members/a%2Fb%3F',
    );
    assert.equal(pathOf(list, {}), '/api/office/members');
    assert.equal(
      pathOf(list, { query: { all: '1', after: 'é&', most: undefined } }),
      '/api/office/members?all=1&after=%C3%A9%26',
    );
  });
});

describe('a page of a list', () => {
  const items = ['b', 'd', 'a', 'c'].map((id) => ({ id }));
  const idOf = ({ id }: { id: string }): string => id;
  const ids = (all: readonly { id: string }[]): string => all.map(idOf).join('');

  it('is followed by the next, to the end, whatever was deleted or came meanwhile', () => {
    const first = pageAfter(items, { most: 2 }, idOf);
    assert.deepEqual([ids(first.items), first.next], ['ab', 'b']);
    const changed = [...items.filter(({ id }) => id !== 'b'), { id: 'bb' }];
    const second = pageAfter(changed, { most: 2, after: first.next ?? '' }, idOf);
    assert.deepEqual([ids(second.items), second.next], ['bbc', 'c']);
    const last = pageAfter(changed, { most: 2, after: 'c' }, idOf);
    assert.deepEqual([ids(last.items), last.next], ['d', null]);
  });

  it('is cut from one item more than it holds', () => {
    const keyOf = ({ id }: { id: string }) => ({ by: 1, id });
    assert.deepEqual(pageOfFound(items, 4, keyOf), { items, next: null });
    assert.deepEqual(pageOfFound(items, 3, keyOf).next, { by: 1, id: 'a' });
    assert.equal(ids(pageOfFound(items, 3, keyOf).items), 'bda');
    assert.deepEqual(pageOfFound([], 3, keyOf), { items: [], next: null });
  });

  it('is read after the other until the whole list is there', async () => {
    const asked: unknown[] = [];
    const whole = await wholeList<string, number>(({ after, most }) => {
      asked.push([after?.by, most]);
      const by = (after?.by ?? 0) + 1;
      return Promise.resolve({ items: [`${by}`], next: by < 3 ? { by, id: '' } : null });
    });
    assert.deepEqual(whole, ['1', '2', '3']);
    assert.deepEqual(asked, [
      [undefined, 100],
      [1, 100],
      [2, 100],
    ]);
  });

  it('says where it ends as a text, which is read again', () => {
    for (const key of [
      { by: 0, id: '' },
      { by: 1_795_785_371_465, id: 'a.b\n-_' },
    ])
      assert.deepEqual(parseTimeKey(timeKeyText(key)), key);
    for (const key of [
      { by: '', id: '' },
      { by: 'ana\nb', id: 'abc' },
    ])
      assert.deepEqual(parseNameKey(nameKeyText(key)), key);
    for (const text of ['', '.', 'x.y', '-5.a', '1e3.a', '1234567890123456.a', 'abc'])
      assert.throws(() => parseTimeKey(text));
    assert.throws(() => parseNameKey('ana'));
  });

  it('is in the order of names as people look for them', () => {
    assert.ok(nameKey('Élodie') < nameKey('emile') && nameKey('emile') < nameKey('Zoé'));
  });
});
