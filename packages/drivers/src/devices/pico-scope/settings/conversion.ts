/** An input range. */
export interface VoltageRange {
  /** Code of the interface. */
  readonly code: number;
  /** Half span, V. */
  readonly volts: number;
}

/** A range may be this much smaller than what was asked for, V. */
const tolerance = 1e-4;

/** Smallest range that holds ± `volts`; undefined when none does. `ranges` go from small to large. */
export function chooseRange(volts: number, ranges: readonly VoltageRange[]): VoltageRange | undefined {
  return ranges.find((range) => volts - range.volts <= tolerance);
}

/** Full scale that the reference binding took for every family but the oldest, counts. */
export const legacyFullScale = 32_764;

/** Scale of the external trigger inputs: ± 5 V are ± 32767 counts. */
export const externalScale = { volts: 5, counts: 32_767 };

/** Voltage at the input of a raw value: raw × range / full scale − offset. */
export function toVolts(raw: number, rangeV: number, fullScale: number, offsetV: number): number {
  return (raw * rangeV) / fullScale - offsetV;
}

/**
 * Counts of a voltage at the input, cut towards zero; outside of ± full scale it cannot be set. Divided by the volts of a
 * count as the reference does, so that levels agree count by count.
 */
export function toCounts(volts: number, rangeV: number, fullScale: number, offsetV: number): number {
  return Math.trunc((volts + offsetV) / (rangeV / fullScale));
}
