/**
 * Which command a key press asks for. Single keys never fire while somebody types; with the modifier the
 * same keys work there too.
 */
export type DeskCommand =
  | 'next'
  | 'previous'
  | 'next-waiting'
  | 'claim'
  | 'release'
  | 'close'
  | 'tab-waiting'
  | 'tab-mine'
  | 'tab-closed'
  | 'canned'
  | 'help'
  | 'back';

const single: ReadonlyMap<string, DeskCommand> = new Map([
  ['j', 'next'],
  ['k', 'previous'],
  ['n', 'next-waiting'],
  ['t', 'claim'],
  ['r', 'release'],
  ['c', 'close'],
  ['1', 'tab-waiting'],
  ['2', 'tab-mine'],
  ['3', 'tab-closed'],
  ['/', 'canned'],
  ['?', 'help'],
]);

export interface KeySituation {
  /** Whether one-key shortcuts are on. */
  readonly singleKeys: boolean;
  /** Whether a dialog is open: it has its own keys. */
  readonly dialog: boolean;
}

export function commandOf(event: KeyboardEvent, situation: KeySituation): DeskCommand | null {
  if (event.defaultPrevented || event.isComposing || situation.dialog) return null;
  if (event.key === 'Escape' && !hasModifier(event)) return 'back';
  const command = single.get(keyOf(event)) ?? null;
  if (event.repeat && command !== 'next' && command !== 'previous') return null;
  if (isModified(event)) return command;
  if (hasModifier(event) || !situation.singleKeys || isTyping(event)) return null;
  return command;
}

/** Apple's Alt writes characters, and its Ctrl is free; elsewhere it is the other way round. */
const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent);
/** What is held down for a shortcut while writing. */
export const modifierName = isApple ? 'Ctrl' : 'Alt';

const hasModifier = ({ ctrlKey, metaKey, altKey }: KeyboardEvent): boolean =>
  ctrlKey || metaKey || altKey;

/** The modifier alone. `AltGraph` writes characters. */
const isModified = (event: KeyboardEvent): boolean =>
  !event.metaKey &&
  !event.getModifierState('AltGraph') &&
  (isApple ? event.ctrlKey && !event.altKey : event.altKey && !event.ctrlKey);

/** Digits by their place: on a French keyboard the same keys write `&`, `é` and `"`. */
function keyOf({ key, code }: KeyboardEvent): string {
  if (/^Digit[123]$/.test(code) && key !== '/' && key !== '?') return code.slice(-1);
  return key.length === 1 ? key.toLowerCase() : key;
}

const WITHOUT_TEXT = new Set(
  'button checkbox color file image radio range reset submit'.split(' '),
);

/** Whether the key goes into a text. The path looks through shadow roots. */
export function isTyping(event: Event): boolean {
  const [target] = event.composedPath();
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  if (target instanceof HTMLTextAreaElement) return !target.readOnly;
  if (target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !target.readOnly && !WITHOUT_TEXT.has(target.type);
}
