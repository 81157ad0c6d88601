/** Whether two arrays hold the same bytes, in a time that does not reveal how far they agree. */
export function equalSecrets(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let differs = 0;
  for (let index = 0; index < a.length; index++) differs |= (a[index] ?? 0) ^ (b[index] ?? 0);
  return differs === 0;
}
