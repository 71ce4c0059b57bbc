import type { Grant, Role } from '@countroom/contracts';
import { roles } from '@countroom/contracts';

/** Who is asking, and by which proof. */
export interface Principal {
  readonly userId: string;
  readonly name: string;
  readonly fullName: string;
  /** How they proved it; `off` when log-in is switched off on this machine. */
  readonly proof: 'session' | 'token' | 'off';
  /** Id of the session or token; null when log-in is off. */
  readonly credentialId: string | null;
  readonly expiresAt: Date | null;
  readonly grants: readonly Grant[];
  /** What an API token is limited to, on top of its owner's grants. */
  readonly limits: readonly Grant[] | null;
}

/** True when the grants allow a role everywhere, or for the detector named. */
export function grantsAllow(grants: readonly Grant[], role: Role, detector: string | null): boolean {
  return grants.some(
    (grant) =>
      (grant.detector === null || grant.detector === detector) &&
      roles.indexOf(grant.role) >= roles.indexOf(role),
  );
}

/** True when a person may act in a role, everywhere (`detector` null) or for one detector. */
export function isAllowed(principal: Principal, role: Role, detector: string | null = null): boolean {
  return (
    grantsAllow(principal.grants, role, detector) &&
    (principal.limits === null || grantsAllow(principal.limits, role, detector))
  );
}

/** True when a person may act in a role for at least one detector. */
export function isAllowedSomewhere(principal: Principal, role: Role): boolean {
  const detectors = [...principal.grants, ...(principal.limits ?? [])].map(({ detector }) => detector);
  return detectors.some((detector) => isAllowed(principal, role, detector));
}

/** Grants that are in force: a token's own, as far as its owner still has them. */
export function grantsInForce(principal: Principal): Grant[] {
  if (principal.limits === null) return [...principal.grants];
  return principal.limits.filter((grant) => grantsAllow(principal.grants, grant.role, grant.detector));
}
