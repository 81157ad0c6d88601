/** Whose card lies over an element, if anybody's: it takes the focus, and gives it back. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Person } from '../../store/person.ts';
import { CardEvent } from '../events/card-event.ts';

type Host = ReactiveControllerHost &
  EventTarget & { readonly renderRoot: ParentNode & Partial<DocumentOrShadowRoot> };

export class OpenCard implements ReactiveController {
  readonly #host: Host;
  #person: Person | null = null;
  #told: Person | null = null;
  #before: HTMLElement | null = null;

  constructor(host: Host) {
    this.#host = host;
    host.addController(this);
  }

  /** As they were when it was opened. */
  get person(): Person | null {
    return this.#person;
  }

  show(person: Person): void {
    const { activeElement } = this.#host.renderRoot;
    this.#before = activeElement instanceof HTMLElement ? activeElement : null;
    this.#set(person);
    void this.#host.updateComplete.then(() =>
      this.#host.renderRoot.querySelector<HTMLElement>('.person-card button')?.focus(),
    );
  }

  close(): void {
    this.#set(null);
    void this.#host.updateComplete.then(() => this.#before?.focus({ preventScroll: true }));
  }

  /** Something else shows: the focus is not its own any more. */
  drop(): void {
    this.#set(null);
  }

  hostUpdated(): void {
    if (this.#told === this.#person) return;
    this.#told = this.#person;
    this.#host.dispatchEvent(new CardEvent());
  }

  #set(person: Person | null): void {
    this.#person = person;
    this.#host.requestUpdate();
  }
}
