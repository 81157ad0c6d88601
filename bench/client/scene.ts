/** What a scene of the client's bench is. */
import { type Shop, openShop } from './shop.ts';

export interface Series {
  readonly what: string;
  readonly times: readonly number[];
  /** @default 'ms' */
  readonly unit?: string;
  readonly goal: number;
  /** Which figure the goal is for. */
  readonly of: 'p50' | 'p95' | 'max';
}

export interface ClientScene {
  readonly about: string;
  /** @param rounds how often what can be repeated is. */
  readonly run: (rounds: number) => Promise<readonly Series[]>;
}

export async function openShopFor<T>(act: (shop: Shop) => Promise<T>): Promise<T> {
  await using shop = await openShop();
  return await act(shop);
}
