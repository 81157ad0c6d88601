/** Where managers' rules and settings of the filter are kept: the port that adapters implement. */
import type { SpaceId } from '../../../shared/ids.ts';
import type { OpsOf } from '../../core/ports/port.ts';
import type { Rule } from './ruleset.ts';

/** Where a rule or setting holds: in one space, or everywhere. */
export type Scope = SpaceId | '';

export interface StoredRule extends Rule {
  readonly space: Scope;
  /** ms since the epoch. */
  readonly added: number;
}

export interface StoredSetting {
  readonly space: Scope;
  /** A guard, or a list's kind and level. */
  readonly name: string;
  readonly value: string;
}

export interface WordStorage {
  /** All of them, the oldest first. */
  wordRules(): Promise<readonly StoredRule[]>;
  /** Adds rules. One for the same pattern in the same place takes what the new one says, and keeps its id. */
  putWordRules(rules: readonly StoredRule[]): Promise<void>;
  /** Whether there was one to remove. */
  removeWordRule(id: string): Promise<boolean>;
  wordSettings(): Promise<readonly StoredSetting[]>;
  /** @param settings those with an empty value go. */
  putWordSettings(settings: readonly StoredSetting[]): Promise<void>;
}

export const wordOps = {
  wordRules: 'read',
  putWordRules: 'write',
  removeWordRule: 'write',
  wordSettings: 'read',
  putWordSettings: 'write',
} as const satisfies OpsOf<WordStorage>;
