/** Why the chat does not open. */
export interface ChatFailure {
  /** In words; the launcher has its own for what nobody says more of. */
  readonly said?: string;
  /** Whether another try would end in the same way. */
  readonly final?: boolean;
}
