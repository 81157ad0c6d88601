/** Routes by their method and path, such as `PUT /api/me/card`: for pages, which know types alone. */
import type { Asked } from './route/ask.ts';
import type { Route } from './route/route.ts';
import type { RequestOf, ResponseOf } from './route/shapes.ts';
import type { Routes } from './routes.ts';

type RouteOf<Feature> = Feature[keyof Feature];
type AnyRoute = { [Name in keyof Routes]: RouteOf<Routes[Name]> }[keyof Routes];
type NameOf<R> = R extends Route ? `${R['method']} ${R['path']}` : never;

/** Names of all routes, or of those with these rights. */
export type RouteName<Rights extends Route['rights'] = Route['rights']> = NameOf<
  Extract<AnyRoute, { readonly rights: Rights }>
>;

type Named<Name> = Name extends `${infer Method} ${infer Path}`
  ? Extract<AnyRoute, { readonly method: Method; readonly path: Path }>
  : never;

/** The body that a route takes; undefined for none. `Image`: what a page has images as. */
export type BodyFor<Name extends RouteName, Image = Uint8Array> = RequestOf<Named<Name>, Image>;
/** The JSON that it answers with. */
export type ResponseFor<Name extends RouteName> = ResponseOf<Named<Name>>;
/** All that it is asked with: names in its path, query, body. */
export type AskedFor<Name extends RouteName> = Asked<Named<Name>>;
