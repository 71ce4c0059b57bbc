import type { Curve } from '../waveforms/prepare';

/** Samples of one record over those of another, at the same times; as many as the shorter has. */
export function samplePairs(x: Curve, y: Curve): [number, number][] {
  const length = Math.min(x.values.length, y.values.length);
  return Array.from({ length }, (_, index): [number, number] => [x.values[index]!, y.values[index]!]);
}
