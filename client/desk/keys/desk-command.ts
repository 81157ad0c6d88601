/** Which command a key press asks for. Single keys never fire while somebody types. */
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
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  if (event.key === 'Escape') return 'back';
  if (event.repeat && event.key !== 'j' && event.key !== 'k') return null;
  if (!situation.singleKeys || isTyping(event)) return null;
  return single.get(event.key.length === 1 ? event.key.toLowerCase() : event.key) ?? null;
}

/** Whether the key goes into a text. The path looks through shadow roots. */
export function isTyping(event: Event): boolean {
  const [target] = event.composedPath();
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true;
  if (target instanceof HTMLSelectElement) return true;
  return (
    target instanceof HTMLInputElement &&
    !['button', 'checkbox', 'radio', 'range', 'reset', 'submit'].includes(target.type)
  );
}
