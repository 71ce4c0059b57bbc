import type { DriverCounters } from '../driver.js';
import type { TimeAccountFacts } from '../time-account.js';

/**
 * Counters of a device whose tables get a row each per event: all of them have the same ones, the sums are over the
 * tables. `dropped`: events that were seen and lost.
 */
export function equalCounters(
  tables: readonly string[],
  recorded: bigint,
  dropped: bigint,
  time: TimeAccountFacts,
): DriverCounters {
  const triggers = recorded + dropped;
  const all = BigInt(tables.length);
  return {
    triggers: triggers * all,
    recorded: recorded * all,
    dropped: dropped * all,
    time,
    tables: tables.map((table) => ({ table, triggers, recorded, dropped })),
  };
}
