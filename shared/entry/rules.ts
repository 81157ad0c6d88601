/** What acts are allowed, and what they do, by their kind. */
import { type AnyKind, kinds } from './kinds.ts';
import { KindRules } from './schema/kind-rules.ts';

export const rules: KindRules<AnyKind> = new KindRules<AnyKind>(kinds);
