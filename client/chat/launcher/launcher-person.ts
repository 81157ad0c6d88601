/** Somebody whose face the launcher shows. */
export interface LauncherPerson {
  readonly name: string;
  /** `0` to `11`; `null` for none. */
  readonly hue: string;
  readonly here: boolean;
}
