/** Keeps references while values are equal, so screens redraw only what changed. */

/** Returns the last result while the arguments are the same, each by `Object.is`. */
export function memo<A extends readonly unknown[], R>(
  compute: (...args: A) => R,
): (...args: A) => R {
  let last: { readonly args: A; readonly result: R } | undefined;
  return (...args) => {
    if (last && last.args.every((arg, index) => Object.is(arg, args[index]))) return last.result;
    last = { args, result: compute(...args) };
    return last.result;
  };
}

/**
 * `next`, with every part that equals its counterpart in `previous` taken from there; `previous` itself if
 * everything is equal. For plain data: arrays (matched by `id` if items have one) and objects.
 */
export function reuse<T>(previous: T, next: T): T {
  if (Object.is(previous, next)) return previous;
  if (Array.isArray(previous) && Array.isArray(next)) return reuseArray(previous, next) as T;
  if (isPlain(previous) && isPlain(next)) return reuseObject(previous, next) as T;
  return next;
}

function reuseArray(previous: readonly unknown[], next: readonly unknown[]): readonly unknown[] {
  let same = previous.length === next.length;
  let byId: Map<unknown, unknown> | undefined;
  const result = next.map((item, index) => {
    let counterpart = previous[index];
    if (
      isPlain(item) &&
      'id' in item &&
      !(isPlain(counterpart) && counterpart['id'] === item['id'])
    ) {
      byId ??= new Map(previous.map((other) => [isPlain(other) ? other['id'] : undefined, other]));
      counterpart = byId.get(item['id']);
    }
    const kept = reuse(counterpart, item);
    if (!Object.is(kept, previous[index])) same = false;
    return kept;
  });
  return same ? previous : result;
}

function reuseObject(
  previous: Record<string, unknown>,
  next: Record<string, unknown>,
): Record<string, unknown> {
  const keys = Object.keys(next);
  let same = keys.length === Object.keys(previous).length;
  const result: Record<string, unknown> = {};
  for (const key of keys) {
    result[key] = reuse(previous[key], next[key]);
    if (!(key in previous) || !Object.is(result[key], previous[key])) same = false;
  }
  return same ? previous : result;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
  );
}
