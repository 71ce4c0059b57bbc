import { describe, expect, it } from 'vitest';
import { permitted } from '../../lib/api/permissions';
import { aBaton, otherId, personId } from '../../testing/fixtures';
import { type BatonStep, batonSteps } from './baton-steps';

function offered(holder: string | null): BatonStep[] {
  const baton = aBaton({ holder: holder === null ? null : { id: holder, name: 'x' } });
  const steps = batonSteps(baton, permitted, personId);
  return (Object.keys(steps) as BatonStep[]).filter((step) => steps[step].offered);
}

describe('batonSteps', () => {
  it('offers what fits the holder', () => {
    expect(offered(null)).toEqual(['take']);
    expect(offered(personId)).toEqual(['hand', 'release']);
    expect(offered(otherId)).toEqual(['takeOver']);
  });

  it('says why nothing can be done', () => {
    const permission = { allowed: false, reason: 'Needs the role shifter.' };
    expect(batonSteps(aBaton(), permission, personId).take.reason).toBe('Needs the role shifter.');
    expect(batonSteps(undefined, permitted, personId).take.reason).toBe('Waiting for the detector.');
  });
});
