/**
 * A queue with a turn for each group, then for each group within it, and so on: however many stand in one
 * group, each other group waits for one of them at most.
 */
interface Group<Item> {
  readonly groups: Map<string, Group<Item>>;
  readonly items: Item[];
}

const emptyGroup = <Item>(): Group<Item> => ({ groups: new Map(), items: [] });

export class FairQueue<Item> {
  readonly #all: Group<Item> = emptyGroup();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** @param path the names of its groups, the widest first. */
  add(path: readonly string[], item: Item): void {
    let group = this.#all;
    for (const name of path) {
      const inner = group.groups.get(name) ?? emptyGroup<Item>();
      group.groups.set(name, inner);
      group = inner;
    }
    group.items.push(item);
    this.#size++;
  }

  /** Who is next; their groups go to the end. */
  take(): Item | undefined {
    const item = takeFrom(this.#all);
    if (item !== undefined) this.#size--;
    return item;
  }
}

function takeFrom<Item>({ groups, items }: Group<Item>): Item | undefined {
  if (items.length > 0) return items.shift();
  for (const [name, group] of groups) {
    const item = takeFrom(group);
    groups.delete(name);
    if (group.items.length > 0 || group.groups.size > 0) groups.set(name, group);
    return item;
  }
  return undefined;
}
