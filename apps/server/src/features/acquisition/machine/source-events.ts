import type { DriverCounters } from '@countroom/drivers';

/** Events of a source out of the rows that it recorded: of a scope with several channels one, not one per channel. */
export function eventsOfRows(
  rows: bigint,
  counters: Pick<DriverCounters, 'events' | 'recorded'> | undefined,
): bigint {
  if (counters?.events === undefined || counters.recorded === 0n) return rows;
  return (rows * counters.events) / counters.recorded;
}
