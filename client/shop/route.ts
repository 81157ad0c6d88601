/** Which page of the demo shop an address names: `#/murs`, `#/murs/perceuse`. */
import { type Department, departments, type Product, products } from './catalogue.ts';

export type Route =
  | { readonly type: 'department'; readonly department: Department }
  | { readonly type: 'product'; readonly department: Department; readonly product: Product }
  | { readonly type: 'missing' };

export const addressOf = (department: string, product?: string): string =>
  product === undefined ? `#/${department}` : `#/${department}/${product}`;

export function routeOf(hash: string): Route {
  const [departmentId, productId] = hash.replace(/^#\/?/, '').split('/');
  const department = departmentId
    ? departments.find(({ id }) => id === departmentId)
    : departments[0];
  if (!department) return { type: 'missing' };
  if (productId === undefined) return { type: 'department', department };
  const product = products.find(
    (item) => item.id === productId && item.department === department.id,
  );
  return product ? { type: 'product', department, product } : { type: 'missing' };
}
