/** What every element of the desk has: the state it shows, its words, and a way to say what is wanted. */
import { LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import type { CommonWords } from '../locales/common-fr.ts';
import { commonWords } from '../locales/common-words.ts';
import type { DeskWords } from '../locales/desk-words.ts';
import { deskWords } from '../locales/desk.ts';
import type { DeviceActs } from '../store/devices.ts';
import type { DeskState } from '../store/desk/desk-state.ts';
import type { Person } from '../store/person.ts';
import { keepFocus } from '../ui/keep-focus.ts';
import { type DeskIntent, DeskIntentEvent } from './desk-intent.ts';

export abstract class DeskElement extends LitElement {
  /** What the desk shows; nothing is drawn without it. */
  @property({ attribute: false }) state: DeskState | null = null;
  /** Language of the words, a BCP 47 tag. */
  @property({ attribute: false }) language = 'fr';

  /** What can be done with the member's devices. */
  @property({ attribute: false }) devices: DeviceActs | null = null;

  constructor() {
    super();
    keepFocus(this, () => this.rest());
  }

  /** Puts the focus where it may rest: on the part that takes it, and no Tab. */
  rest(): void {
    this.renderRoot.querySelector<HTMLElement>('[tabindex="-1"]')?.focus({ preventScroll: true });
  }

  protected get words(): DeskWords {
    return deskWords(this.language);
  }

  protected get common(): CommonWords {
    return commonWords(this.language);
  }

  protected intend(intent: DeskIntent): void {
    this.dispatchEvent(new DeskIntentEvent(intent));
  }

  protected nameOf(person: Person): string {
    return person.name || this.words.visitor;
  }
}
