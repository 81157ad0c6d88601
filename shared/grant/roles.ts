/** Who a person is in a community. Numbers are on the wire and in SQL. */
export const Role = {
  /** Anyone on the brand's page. */
  visitor: 0,
  /** A customer whom the brand lets answer. */
  helper: 1,
  /** A trusted member who can hide a message pending review. */
  guardian: 2,
  /** Works in a store, or is an employee who volunteers: speaks for the brand. */
  staff: 3,
  /** Vouches for answers. */
  expert: 4,
  /** Runs the back office. */
  manager: 5,
  /** The relay itself, whose acts the community's key signs. */
  relay: 255,
} as const;

export type Role = (typeof Role)[keyof typeof Role];
export type RoleName = keyof typeof Role;

const names = new Map(
  Object.entries(Role).map(([name, role]) => [role as number, name as RoleName]),
);

/** The name of a role's number, or undefined for one of a newer build. */
export const roleName = (role: number): RoleName | undefined => names.get(role);

/** @throws {RangeError} on a number that is no role. */
export function parseRole(role: number): Role {
  if (!names.has(role)) throw new RangeError(`not a role: ${role}`);
  return role as Role;
}

/** Whether what somebody of this role reports is hidden at once. */
export const hidesAtOnce = (role: Role): boolean => role === Role.guardian || role === Role.manager;

/** Whether a role sits at the desk: sees the inbox, takes and answers any conversation of its spaces. */
export const answersAtDesk = (role: Role): boolean => role > Role.visitor && role < Role.relay;
