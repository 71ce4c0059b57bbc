import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Lease, LeaseHolder, LeaseRepository } from '../../platform/database/lease.repository.js';

export const leaseDurationMs = 10_000;
const lookMs = 500;

export function leaseNameOf(detector: string): string {
  return `acquisition/${detector}`;
}

export function newInstanceId(): string {
  return `${hostname()}/${process.pid}/${randomUUID()}`;
}

/** True when the holder was a process of this machine that is no more. */
function isDeadNeighbour(instanceId: string): boolean {
  const [host, pidText] = instanceId.split('/');
  const pid = Number(pidText);
  if (host !== hostname() || !Number.isInteger(pid) || pid <= 0) return false;
  if (pid === process.pid) return true;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

export interface TakeOwnershipOptions {
  readonly leases: LeaseRepository;
  readonly detector: string;
  readonly instanceId: string;
  readonly signal: AbortSignal;
  /** Somebody else owns it; this process waits. Told once per holder. */
  readonly onWaiting: (holder: LeaseHolder) => void;
}

/**
 * Waits until this process owns the detector. A lease that has run out is taken only when its owner is known to be dead,
 * or after it stayed unrenewed under our eyes for a whole duration: the owner may be alive and have had no
 * database to renew it in, and it comes back together with ours.
 */
export async function takeOwnership(options: TakeOwnershipOptions): Promise<Lease> {
  const { leases, detector, instanceId, signal } = options;
  const name = leaseNameOf(detector);
  let seen: { readonly key: string; readonly sinceMs: number } | undefined;
  for (;;) {
    signal.throwIfAborted();
    const holder = await leases.holder(name);
    const mayTake = holder === undefined || isDeadNeighbour(holder.instanceId) || watched(holder);
    if (mayTake) {
      const lease = await acquire(holder);
      if (lease !== undefined) return lease;
    }
    await sleep(lookMs, undefined, { signal });
  }

  function watched(holder: LeaseHolder): boolean {
    const key = `${holder.instanceId}@${holder.expiresAt.toISOString()}`;
    const now = performance.now();
    if (seen?.key !== key) {
      if (seen?.key.split('@')[0] !== holder.instanceId) options.onWaiting(holder);
      seen = { key, sinceMs: now };
    }
    return now - seen.sinceMs > leaseDurationMs;
  }

  async function acquire(holder: LeaseHolder | undefined): Promise<Lease | undefined> {
    if (holder !== undefined && isDeadNeighbour(holder.instanceId))
      await leases.expire(name, holder.instanceId);
    return leases.acquire(name, instanceId, leaseDurationMs);
  }
}
