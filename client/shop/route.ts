/**
 * Which page of the demo shop an address names: `/?r=murs`, `/?r=murs&p=perceuse`. In the query, so
 * that these pages are one file and a question still says which page it was asked from.
 */
import { type Department, type Lang, departments, type Product, products } from './catalogue.ts';

export type Route =
  | { readonly type: 'department'; readonly department: Department }
  | { readonly type: 'product'; readonly department: Department; readonly product: Product }
  | { readonly type: 'missing' };

export const langOf = (search: string): Lang =>
  new URLSearchParams(search).get('lang') === 'en' ? 'en' : 'fr';

export function addressOf(lang: Lang, department: string, product?: string): string {
  const query = new URLSearchParams({ r: department });
  if (product !== undefined) query.set('p', product);
  if (lang === 'en') query.set('lang', 'en');
  return `/?${query.toString()}`;
}

/** A page with a document of its own: going there and back loads the page anew, as on most sites. */
export const deliveryOf = (lang: Lang): string =>
  lang === 'en' ? '/delivery.html?lang=en' : '/delivery.html';

export function routeOf(search: string): Route {
  const query = new URLSearchParams(search);
  const wanted = query.get('r') ?? departments[0]?.id;
  const department = departments.find(({ id }) => id === wanted);
  if (!department) return { type: 'missing' };
  const productId = query.get('p');
  if (productId === null) return { type: 'department', department };
  const product = products.find(
    (item) => item.id === productId && item.department === department.id,
  );
  return product ? { type: 'product', department, product } : { type: 'missing' };
}
