/**
 * Who is one person with whom, by the merges of a conversation, and what belongs to each: a
 * union–find whose sets know under whose name they go.
 */
import type { MemberId } from '../ids.ts';

export interface Person<T> {
  /** Who they are known as. */
  name: MemberId;
  readonly things: Set<T>;
}

interface Node<T> extends Person<T> {
  /** The person that this one turned out to be; itself until then. */
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

  /** The same, if anything was ever said of them. */
  find(member: MemberId): Person<T> | undefined {
    const node = this.#nodes.get(member);
    return node && rootOf(node);
  }

  /** Who a member is known as by now. */
  known(member: MemberId): MemberId {
    return this.find(member)?.name ?? member;
  }

  /** Makes both one, known as the second is; the person left over. The smaller set moves. */
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
  // Points all that were passed straight at it, so that long chains are walked once.
  for (let passed = node; passed !== root;) [passed, passed.parent] = [passed.parent, root];
  return root;
}
