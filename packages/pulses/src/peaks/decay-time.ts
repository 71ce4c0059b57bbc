import { extentAt, findPeaks, type Peak } from './find-peaks.js';

/** Whether a channel must have a pulse (`+`), must have none (`-`), or may (`0`). */
export type Signature = readonly ('+' | '-' | '0')[];

/** How decays are looked for. The names are those of mimoCoRB's set-up files. */
export interface DecayTimeConfig {
  /** V; records are in mV. */
  readonly analogue_offset: number;
  readonly sample_time_ns: number;
  readonly peak_minimal_prominence_initial?: number | undefined;
  readonly peak_minimal_prominence_secondary?: number | undefined;
  readonly peak_minimal_distance?: number | undefined;
  readonly peak_minimal_width?: number | undefined;
  readonly trigger_position_tolerance?: number | undefined;
  /** Which channels see the first and which the second pulse (and any that follow). */
  readonly signatures: readonly (readonly Signature[])[];
  /** Factor of each channel's prominences before they are held against the limits; 1 when absent. */
  readonly scaling?: readonly number[] | undefined;
}

/** One pulse of a decay in one channel; 0 where there is none. */
export interface DecayPulse {
  /** Prominence, mV. */
  readonly height: number;
  readonly position: number;
  /** Sum of samples above the offset while the pulse is more than 10 mV high, or to the valley beside it. */
  readonly integral: number;
}

/** Two groups of pulses in one record that fit a signature. */
export interface Decay {
  /** Which signature; the last one that fits. */
  readonly signature: number;
  /** ns, of the mean places of the groups. */
  readonly decayTime: number;
  readonly first: readonly DecayPulse[];
  readonly second: readonly DecayPulse[];
}

/** Height above the offset at which a pulse begins and ends, mV. */
const edge = 10;

/** A peak of each channel, or none. */
type Group = readonly (Peak | undefined)[];

/** Finds a particle that stops and decays. Undefined when no two groups of pulses fit a signature. Records are in mV. */
export function findDecay(records: readonly ArrayLike<number>[], config: DecayTimeConfig): Decay | undefined {
  const { peak_minimal_prominence_initial: initial = 90, peak_minimal_prominence_secondary: secondary = 35 } =
    config;
  const limits = {
    prominence: Math.min(initial, secondary),
    distance: config.peak_minimal_distance ?? 10,
    width: config.peak_minimal_width ?? 7,
  };
  const offset = config.analogue_offset * 1000;
  const groups = grouped(
    records.map((record) => findPeaks(record, limits)),
    config.trigger_position_tolerance ?? 20,
  );
  if (groups.length < 2) return undefined;
  const above = (group: Group, limit: number): Group =>
    group.map((peak, c) =>
      peak !== undefined && peak.prominence * (config.scaling?.[c] ?? 1) >= limit ? peak : undefined,
    );
  const first = above(groups[0]!, initial);
  const second = above(groups[1]!, secondary);
  const seen = [first, second, ...groups.slice(2)];
  let signature = -1;
  config.signatures.forEach((rows, i) => {
    if (rows.length <= seen.length && rows.every((row, g) => fits(seen[g]!, row))) signature = i;
  });
  if (signature < 0) return undefined;
  const pulses = (group: Group): DecayPulse[] =>
    group.map((peak, c) =>
      peak === undefined
        ? { height: 0, position: 0, integral: 0 }
        : {
            height: peak.prominence,
            position: peak.position,
            integral: integralAt(records[c]!, peak, offset),
          },
    );
  return {
    signature,
    decayTime: (meanPlace(second) - meanPlace(first)) * config.sample_time_ns,
    first: pulses(first),
    second: pulses(second),
  };
}

/**
 * Peaks of all channels in time order. A group takes the next peak of each channel, and of these the ones that are closer
 * than the tolerance to the earliest; a second peak of a channel belongs to another group.
 */
function grouped(peaks: readonly (readonly Peak[])[], tolerance: number): Group[] {
  const taken = peaks.map(() => 0);
  const groups: Group[] = [];
  for (;;) {
    const next = peaks.map((found, c) => found[taken[c]!]);
    const earliest = Math.min(...next.map((peak) => peak?.position ?? Infinity));
    if (earliest === Infinity) return groups;
    const near = (peak: Peak): boolean => peak.position === earliest || peak.position - earliest < tolerance;
    const group = next.map((peak) => (peak !== undefined && near(peak) ? peak : undefined));
    group.forEach((peak, c) => {
      if (peak !== undefined) taken[c]! += 1;
    });
    groups.push(group);
  }
}

function fits(group: Group, signature: Signature): boolean {
  return signature.every((want, c) => want === '0' || (want === '+') === (group[c] !== undefined));
}

function meanPlace(group: Group): number {
  const places = group.flatMap((peak) => (peak === undefined ? [] : [peak.position]));
  return places.reduce((sum, place) => sum + place, 0) / places.length;
}

/**
 * Sum of a pulse without the offset. Where it begins and ends is calculated as the original does, through the part of the
 * prominence that lies above the edge, and in the precision of the record: samples at the edge itself depend on rounding.
 */
function integralAt(record: ArrayLike<number>, { position, prominence }: Peak, offset: number): number {
  const round = record instanceof Float32Array ? Math.fround : (value: number) => value;
  const values = Float64Array.from(record, (value) => round(value - offset));
  const { left, right } = extentAt(values, position, (values[position]! - edge) / prominence);
  return values.subarray(Math.floor(left), Math.ceil(right)).reduce((sum, value) => sum + value, 0);
}
