import type { WaveformsFrame } from '@countroom/contracts';

/** Run, event and time of the newest record since the run began. */
export function stampOf({ run: number, waveforms }: WaveformsFrame): string {
  const newest = waveforms.reduce<WaveformsFrame['waveforms'][number] | undefined>(
    (last, one) => (last === undefined || BigInt(one.deviceTimeNs) > BigInt(last.deviceTimeNs) ? one : last),
    undefined,
  );
  if (number === null || newest === undefined) return number === null ? '' : `run ${number}`;
  return `run ${number}, event ${newest.eventNumber} at ${(Number(newest.deviceTimeNs) / 1e9).toFixed(3)} s`;
}
