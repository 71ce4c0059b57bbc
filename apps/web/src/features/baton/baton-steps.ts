import type { BatonStatus } from '@countroom/contracts';
import type { Permission } from '../../lib/api/permissions';

/** What can be done about the baton. */
export type BatonStep = 'take' | 'hand' | 'release' | 'takeOver';

/** Whether a step is shown, and why it cannot be taken if so. */
export interface StepOffer {
  readonly offered: boolean;
  readonly reason: string | null;
}

/** Steps that fit the holder: take when free, hand over or release one's own, take over another's. */
export function batonSteps(
  baton: BatonStatus | undefined,
  permission: Permission,
  me: string | null,
): Readonly<Record<BatonStep, StepOffer>> {
  const holder = baton?.holder ?? null;
  const mine = baton !== undefined && (baton.mine || (holder !== null && holder.id === me));
  const reason = permission.allowed
    ? baton === undefined
      ? 'Waiting for the detector.'
      : null
    : permission.reason;
  return {
    take: { offered: holder === null, reason },
    hand: { offered: mine, reason },
    release: { offered: mine, reason },
    takeOver: { offered: holder !== null && !mine, reason },
  };
}
