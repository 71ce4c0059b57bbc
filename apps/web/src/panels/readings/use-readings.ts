import type { MetersFrame } from '@countroom/contracts';
import { useEffect, useRef, useState } from 'react';
import { useLive, useTopicAge } from '../../lib/live/use-live';
import { useLagOf } from '../lag';
import { addReading, type Reading } from './history';

/** What instruments that read voltages share: the newest frame, its age, and the last readings of the run. */
export interface Readings {
  readonly frame: MetersFrame | null;
  readonly age: ReturnType<typeof useTopicAge>;
  readonly lag: string;
  readonly readings: readonly Reading[];
  /** Why there is nothing to show yet; null when there is something. */
  readonly empty: string | null;
}

/** Follows the voltages of a detector; keeps the last `most` readings. While `held` nothing is added. */
export function useReadings(detector: string, most: number, held = false): Readings {
  const { header, dataAtMs, dropped, refused } = useLive('detector.meters', { detector });
  const [gapMs, setGapMs] = useState(0);
  const age = useTopicAge('detector.meters', dataAtMs, gapMs);
  const lag = useLagOf(dataAtMs, dropped);
  const [readings, setReadings] = useState<readonly Reading[]>([]);
  const [shown, setShown] = useState<MetersFrame | null>(null);
  const run = useRef<number | null>(null);
  const lastAtMs = useRef<number | null>(null);
  useEffect(() => {
    // A sensor that is read every ten seconds is not late after three.
    if (dataAtMs !== null && lastAtMs.current !== null) setGapMs(dataAtMs - lastAtMs.current);
    lastAtMs.current = dataAtMs;
  }, [dataAtMs]);
  useEffect(() => {
    if (header === null || dataAtMs === null || held) return;
    const isOther = run.current !== header.run;
    run.current = header.run;
    setShown(header);
    setReadings((known) => addReading(isOther ? [] : known, header, dataAtMs, most));
  }, [header, dataAtMs, held, most]);
  const waiting = refused === '' ? 'No reading yet. They come as soon as a run takes data.' : refused;
  return { frame: shown, age, lag, readings, empty: shown === null ? waiting : null };
}
