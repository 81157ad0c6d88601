/**
 * Ports of storage: a name and its operations. A call is plain data, so it can go to another thread, and a
 * write can wait in a batch and be committed with its cause.
 */

/**
 * `read` changes nothing. `write` is on disk when it resolves. `behind` survives the end of the process
 * but perhaps not a power cut: nobody waits for the disk. `erase` is a write that leaves no byte of what it
 * takes away in any file, within seconds.
 */
export type OpKind = 'read' | 'write' | 'behind' | 'erase';

/** What each operation of a port is. */
export type OpsOf<Port> = { readonly [Op in keyof Port]: OpKind };

/** An operation of a port, run in the transaction of its cause. Arguments are plain data. */
export interface Write {
  readonly port: string;
  readonly op: string;
  readonly args: readonly unknown[];
}

/** A port's methods without their promises: what a transaction runs. */
export type Sync<Port> = {
  readonly [Op in keyof Port]: Port[Op] extends (...args: infer Args) => Promise<infer Result>
    ? (...args: Args) => Result
    : never;
};

type Changing<Ops> = {
  [Op in keyof Ops]: Ops[Op] extends 'read' ? never : Op;
}[keyof Ops];

type ArgsOf<Method> = Method extends (...args: infer Args) => unknown ? Args : never;

/**
 * Says a port's writes as plain data.
 * @example
 * const cardWrite = writesOf<CardStorage, typeof cardOps>('cards');
 * batch.write(cardWrite('dropPhotoOf', member));
 */
export const writesOf =
  <Port, Ops extends OpsOf<Port>>(port: string) =>
  <Op extends Changing<Ops> & keyof Port & string>(op: Op, ...args: ArgsOf<Port[Op]>): Write => ({
    port,
    op,
    args,
  });
