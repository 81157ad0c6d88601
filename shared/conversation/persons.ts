/**
 * Which members are the same person, by the merges of a conversation, and what belongs to each person: a
 * union–find whose sets know their name.
 */
import type { MemberId } from '../ids.ts';

export interface Person<T> {
  /** Who they are known as. */
  name: MemberId;
  readonly things: Set<T>;
}

interface Node<T> extends Person<T> {
  /** The person that this one turned out to be; until then, itself. */
  parent: Node<T>;
}

export class Persons<T> {
  readonly #nodes = new Map<MemberId, Node<T>>();

  /** The person whom a member belongs to. */
  of(member: MemberId): Person<T> {
    const there = this.#nodes.get(member);
    if (there) return rootOf(there);
    const node = { name: member, things: new Set<T>() } as Node<T>;
    node.parent = node;
    this.#nodes.set(member, node);
    return node;
  }

  /** The same, if anything is known about them. */
  find(member: MemberId): Person<T> | undefined {
    const node = this.#nodes.get(member);
    return node && rootOf(node);
  }

  /** Who a member is known as now. */
  known(member: MemberId): MemberId {
    return this.find(member)?.name ?? member;
  }

  /** Makes two persons one, under the second's name, and returns that person. The smaller set moves. */
  unite(from: MemberId, to: MemberId): Person<T> {
    const one = this.of(from) as Node<T>;
    const other = this.of(to) as Node<T>;
    const { name } = other;
    const [kept, gone] = one.things.size > other.things.size ? [one, other] : [other, one];
    for (const thing of gone.things) kept.things.add(thing);
    kept.name = name;
    gone.parent = kept;
    return gone;
  }
}

function rootOf<T>(node: Node<T>): Node<T> {
  let root = node;
  while (root.parent !== root) root = root.parent;
  // Points every node on the way straight at it, so that long chains are walked only once.
  for (let passed = node; passed !== root;) [passed, passed.parent] = [passed.parent, root];
  return root;
}
