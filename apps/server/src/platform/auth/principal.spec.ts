import { describe, expect, it } from 'vitest';
import { nobodyAsked } from './authenticator.js';
import { grantsInForce, isAllowed, type Principal } from './principal.js';

const ada: Principal = {
  ...nobodyAsked,
  grants: [
    { role: 'viewer', detector: null },
    { role: 'expert', detector: 'demo' },
  ],
};

describe('isAllowed', () => {
  it('includes weaker roles, and keeps a role to its detector', () => {
    expect(isAllowed(ada, 'viewer')).toBe(true);
    expect(isAllowed(ada, 'shifter', 'demo')).toBe(true);
    expect(isAllowed(ada, 'shifter', 'other')).toBe(false);
    expect(isAllowed(ada, 'expert')).toBe(false);
    expect(isAllowed(ada, 'administrator', 'demo')).toBe(false);
  });

  it('gives a token what both it and its owner have', () => {
    const token: Principal = { ...ada, limits: [{ role: 'administrator', detector: 'demo' }] };
    expect(isAllowed(token, 'expert', 'demo')).toBe(true);
    expect(isAllowed(token, 'administrator', 'demo')).toBe(false);
    expect(isAllowed(token, 'viewer')).toBe(false);
    expect(grantsInForce(token)).toEqual([]);
    const narrow: Principal = { ...ada, limits: [{ role: 'shifter', detector: 'demo' }] };
    expect(grantsInForce(narrow)).toEqual([{ role: 'shifter', detector: 'demo' }]);
  });
});
