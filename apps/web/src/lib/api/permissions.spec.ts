import { describe, expect, it } from 'vitest';
import { aSession } from '../../testing/fixtures';
import { hasRole, permissionForAll, permissionOf, permissionSomewhere } from './permissions';

describe('roles', () => {
  it('include the weaker ones', () => {
    const expert = [{ role: 'expert', detector: null }] as const;
    expect(hasRole(expert, 'viewer')).toBe(true);
    expect(hasRole(expert, 'expert', 'demo')).toBe(true);
    expect(hasRole(expert, 'administrator')).toBe(false);
  });

  it('of one detector say nothing about others', () => {
    const shifter = [{ role: 'shifter', detector: 'demo' }] as const;
    expect(hasRole(shifter, 'shifter', 'demo')).toBe(true);
    expect(hasRole(shifter, 'shifter', 'other')).toBe(false);
    expect(hasRole(shifter, 'shifter')).toBe(false);
  });
});

describe('permission for several detectors', () => {
  const grants = [{ role: 'shifter', detector: 'demo' }] as const;
  const session = aSession();
  const shifter = { ...session, user: { ...session.user!, grants: [...grants] } };

  it('is given when it is given for each of them', () => {
    expect(permissionForAll(shifter, 'shifter', ['demo', 'demo']).allowed).toBe(true);
    expect(permissionForAll(shifter, 'shifter', ['demo', 'other']).reason).toContain('shifter for other');
  });

  it('asks for a role anywhere when none is named', () => {
    expect(permissionForAll(shifter, 'shifter', []).allowed).toBe(true);
    expect(permissionSomewhere(shifter, 'expert').allowed).toBe(false);
  });
});

describe('permissionOf', () => {
  it('says which role is missing and who can help', () => {
    const { allowed, reason } = permissionOf(aSession(), 'expert', 'demo');
    expect(allowed).toBe(false);
    expect(reason).toBe(
      'Needs the role expert for demo. An administrator can grant it under Administration.',
    );
  });

  it('lets everybody do everything while sign-in is off', () => {
    expect(permissionOf(aSession({ auth: 'off', user: null }), 'administrator').allowed).toBe(true);
  });

  it('refuses while nobody is signed in or nothing is known', () => {
    expect(permissionOf(aSession({ user: null }), 'viewer').reason).toBe('Log in first.');
    expect(permissionOf(undefined, 'viewer').allowed).toBe(false);
  });
});
