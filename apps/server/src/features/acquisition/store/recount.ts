import { type RunCounters, zeroCounters } from '@countroom/contracts';
import type { SourceRecount } from '@countroom/drivers';
import { combineTotals, decodeTotals, encodeTotals } from '@countroom/run-model';

/** Counters of a source as they stand with a run. */
export interface StoredSource {
  readonly name: string;
  readonly driver: string;
  readonly counters: Partial<RunCounters>;
}

export interface RecountedRun {
  readonly counters: RunCounters;
  readonly sources: readonly (StoredSource & { readonly counters: RunCounters })[];
}

/**
 * Counters of a run that was cut off, out of its spool, which knows more than the last report. `last`: what was told
 * last, in the order in which sources are shown; `driverOf`: the kind of a source that was not told of.
 */
export function recounted(
  last: readonly StoredSource[],
  spool: readonly SourceRecount[],
  driverOf: (source: string) => string,
): RecountedRun {
  const told = new Set(last.map(({ name }) => name));
  const known = [
    ...last,
    ...spool
      .filter(({ source }) => !told.has(source))
      .map(({ source }) => ({ name: source, driver: driverOf(source), counters: zeroCounters })),
  ];
  const sources = known.map((source) => {
    const counters = { ...zeroCounters, ...source.counters };
    const left = spool.find((one) => one.source === source.name);
    return { ...source, counters: left === undefined ? counters : countersOf(left, counters) };
  });
  const totals = combineTotals(sources.map(({ counters }) => decodeTotals(counters)));
  return { counters: { ...encodeTotals(totals), ...earliest(sources) }, sources };
}

/** What was recorded or lost was triggered. A spool of before that has no account leaves the times as told last. */
function countersOf({ events, bytes, rowsPerEvent, ...left }: SourceRecount, last: RunCounters): RunCounters {
  const { account, complete } = left;
  const text = events.toString();
  const stored = { recorded: text, written: text, durable: text, bytes: bytes.toString() };
  if (account === undefined) {
    const least = events + BigInt(last.dropped);
    const triggers = BigInt(last.triggers) > least ? last.triggers : least.toString();
    return { ...last, ...stored, triggers };
  }
  const dropped = account.dropped / BigInt(rowsPerEvent);
  return {
    ...stored,
    triggers: (events + dropped).toString(),
    dropped: dropped.toString(),
    runTimeNs: account.runNs.toString(),
    liveTimeNs: account.liveNs.toString(),
    deviceDeadNs: account.deadNs.toString(),
    bufferDeadNs: account.bufferNs.toString(),
    pausedNs: account.pausedNs.toString(),
    ...(complete ? {} : { countedUntilNs: account.timeNs.toString() }),
  };
}

/**
 * The times of a run whose sources were cut off at different moments: those of the source that was cut off first, which
 * split without rest and hold for the moment that is told with them.
 */
function earliest(sources: readonly { readonly counters: RunCounters }[]): Partial<RunCounters> {
  const cut = sources.flatMap(({ counters }) => {
    const { countedUntilNs, runTimeNs, liveTimeNs, deviceDeadNs, bufferDeadNs, pausedNs } = counters;
    if (countedUntilNs === undefined) return [];
    return { countedUntilNs, runTimeNs, liveTimeNs, deviceDeadNs, bufferDeadNs, pausedNs };
  });
  const [first, ...rest] = cut;
  if (first === undefined) return {};
  return rest.reduce(
    (least, one) => (BigInt(one.countedUntilNs) < BigInt(least.countedUntilNs) ? one : least),
    first,
  );
}
