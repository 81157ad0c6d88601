/** Ends a switch that handles every case: the compiler says so when one is missing. */
export function unreachable(value: never): never {
  throw new Error(`not handled: ${JSON.stringify(value)}`);
}
