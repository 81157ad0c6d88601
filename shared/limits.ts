/** Sizes and counts that every side observes, by name. The widget is sent only those that it uses. */
export * as Limits from './limit-values.ts';
