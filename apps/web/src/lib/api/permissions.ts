import { type Grant, type Role, roles, type SessionInfo } from '@countroom/contracts';

/** Whether something may be done; `reason` says in words why not and what would help. */
export interface Permission {
  readonly allowed: boolean;
  readonly reason: string;
}

export const permitted: Permission = { allowed: true, reason: '' };

/** True when a grant gives at least the role, everywhere or for the detector. */
export function hasRole(grants: readonly Grant[], role: Role, detector?: string): boolean {
  const least = roles.indexOf(role);
  return grants.some(
    (grant) => roles.indexOf(grant.role) >= least && (grant.detector === null || grant.detector === detector),
  );
}

/** Whether the session may do what needs the role. */
export function permissionOf(session: SessionInfo | undefined, role: Role, detector?: string): Permission {
  if (session === undefined) return { allowed: false, reason: 'Waiting for the server.' };
  if (session.auth === 'off') return permitted;
  if (session.user === null) return { allowed: false, reason: 'Log in first.' };
  if (hasRole(session.user.grants, role, detector)) return permitted;
  const where = detector === undefined ? '' : ` for ${detector}`;
  return {
    allowed: false,
    reason: `Needs the role ${role}${where}. An administrator can grant it under Administration.`,
  };
}

/** Whether the session may do what needs the role for all of these detectors; the reason is that of the first it may not. */
export function permissionForAll(
  session: SessionInfo | undefined,
  role: Role,
  detectors: readonly string[],
): Permission {
  const each = detectors.map((detector) => permissionOf(session, role, detector));
  return each.find(({ allowed }) => !allowed) ?? each[0] ?? permissionSomewhere(session, role);
}

/** Whether the session may do what needs the role for at least one detector. */
export function permissionSomewhere(session: SessionInfo | undefined, role: Role): Permission {
  const somewhere = session?.user?.grants.find((grant) =>
    hasRole([grant], role, grant.detector ?? undefined),
  );
  return somewhere === undefined ? permissionOf(session, role) : permitted;
}
