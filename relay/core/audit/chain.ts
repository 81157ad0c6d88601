/**
 * The chain of the audit. Each line's hash covers the one before, so nobody takes a line out, adds one or
 * changes one without changing every hash after it. Of `why` it covers a hash alone: the words can go and the
 * chain still holds.
 */
import type { ActLine } from '../../../shared/api/route/act.ts';
import { bytesToText, concatBytes, equalBytes } from '../../../shared/bytes.ts';
import { sha256, textBytes } from '../../../shared/hash.ts';

/** A line in its place. */
export interface AuditLine extends Omit<ActLine, 'by' | 'why' | 'salt'> {
  /** 1 and up, without gaps. */
  readonly n: number;
  readonly by: string;
  /** Null once it was blanked, with its salt. */
  readonly why: string | null;
  readonly salt: Uint8Array | null;
  /** SHA-256 of salt and why. */
  readonly whyHash: Uint8Array;
  readonly hash: Uint8Array;
}

/** Where a chain ends. Whoever keeps one elsewhere knows later whether lines up to it are still what they were. */
export interface AuditHead {
  readonly n: number;
  readonly hash: Uint8Array;
}

/** A head as a person keeps it. */
export const headText = ({ n, hash }: AuditHead): string => `${n}:${bytesToText(hash)}`;

/** Lines that are read at once: some 5 ms of work. */
export const AUDIT_PAGE = 500;

/** Before the first line. */
export const noLines: AuditHead = { n: 0, hash: new Uint8Array(32) };

/** The line that comes after a head. */
export function chained(head: AuditHead, { at, by, act, target, why, salt }: ActLine): AuditLine {
  const whyHash = sha256(salt, textBytes(why));
  const line = { n: head.n + 1, at, by, act, target, why, salt, whyHash };
  return { ...line, hash: hashOf(head.hash, line) };
}

/**
 * Goes on from a head over the lines that follow.
 * @returns the head after them, or the number of the first that is not what it was.
 */
export function followed(
  head: AuditHead,
  lines: readonly AuditLine[],
): AuditHead | { readonly broken: number } {
  let last = head;
  for (const line of lines) {
    const broken = { broken: last.n + 1 };
    if (line.n !== last.n + 1) return broken;
    if (!equalBytes(line.hash, hashOf(last.hash, line))) return broken;
    const { why, salt, whyHash } = line;
    if ((why === null) !== (salt === null)) return broken;
    if (why !== null && salt && !equalBytes(whyHash, sha256(salt, textBytes(why)))) return broken;
    last = line;
  }
  return { n: last.n, hash: last.hash };
}

/** previous ‖ n ‖ at ‖ by ‖ act ‖ target ‖ SHA-256(salt ‖ why): numbers in 8 bytes, texts after their length in 4. */
function hashOf(
  previous: Uint8Array,
  { n, at, by, act, target, whyHash }: Omit<AuditLine, 'hash'>,
): Uint8Array {
  const numbers = new DataView(new ArrayBuffer(16));
  numbers.setBigUint64(0, BigInt(n));
  numbers.setBigUint64(8, BigInt(Math.max(0, Math.trunc(at))));
  return sha256(
    concatBytes(
      previous,
      new Uint8Array(numbers.buffer),
      ...[by, act, target].map(measured),
      whyHash,
    ),
  );
}

function measured(text: string): Uint8Array {
  const bytes = textBytes(text);
  const length = new DataView(new ArrayBuffer(4));
  length.setUint32(0, bytes.length);
  return concatBytes(new Uint8Array(length.buffer), bytes);
}
