import type { RunCounters } from '@countroom/contracts';

/**
 * Counters of a run that was cut off, after its file was counted: it may hold more than the last report knew. What was
 * recorded or lost was triggered.
 */
export function recounted(last: Partial<RunCounters>, rows: bigint): Partial<RunCounters> {
  const text = rows.toString();
  const least = rows + BigInt(last.dropped ?? '0');
  const known = BigInt(last.triggers ?? '0');
  const triggers = (known > least ? known : least).toString();
  return { ...last, triggers, recorded: text, written: text, durable: text };
}
