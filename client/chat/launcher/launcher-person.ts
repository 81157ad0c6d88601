/** Somebody whose face the launcher shows. */
export interface LauncherPerson {
  readonly initials: string;
  /** 0 to 11; null for none. */
  readonly hue: number | null;
  readonly presence: { readonly type: string };
}
