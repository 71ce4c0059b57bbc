import { AppError, type Endpoint, type Role } from '@countroom/contracts';
import { requestContext } from '../http/request-context.js';
import { isAllowed, type Principal } from './principal.js';

/**
 * For endpoints with `anyDetector`: refuses the request unless its role is held for every one of these detectors. Null
 * stands for what concerns all of them.
 */
export function demandRole(detectors: Iterable<string | null>): void {
  const { principal, endpoint } = requestContext();
  if (endpoint === undefined || principal === null) throw new AppError('auth.required', 'Log in first.');
  const role = endpoint.role as Role;
  const missing = [...new Set(detectors)].filter((detector) => !isAllowed(principal, role, detector));
  if (missing.length > 0) throw forbidden(principal, endpoint, missing);
}

/** What a person without the role for these detectors is told. */
export function forbidden(
  principal: Principal,
  endpoint: Endpoint,
  detectors: readonly (string | null)[],
): AppError {
  const named = detectors.filter((name) => name !== null);
  const where = named.length === 0 ? '' : ` for detector${named.length === 1 ? '' : 's'} ${named.join(', ')}`;
  const whose = principal.proof === 'token' ? `The API token of ${principal.name}` : principal.name;
  return new AppError(
    'auth.forbidden',
    `"${endpoint.summary}" takes the role ${endpoint.role}${where}, which ${whose} does not have. An administrator can grant it.`,
  );
}
