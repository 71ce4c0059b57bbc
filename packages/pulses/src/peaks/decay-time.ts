import { findPeaks, type Peak } from './find-peaks.js';

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
  /** Pairs of which channels see the first and which the second pulse. */
  readonly signatures: readonly (readonly [Signature, Signature])[];
  /** Factor of each channel's heights; 1 when absent. */
  readonly scaling?: readonly number[] | undefined;
}

/** One pulse of a decay in one channel; 0 where there is none. */
export interface DecayPulse {
  /** Prominence, mV. */
  readonly height: number;
  readonly position: number;
  /** Sum of samples above the offset while the pulse is more than 10 mV high. */
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
  const scaled = records.map((record, c) => {
    const factor = config.scaling?.[c] ?? 1;
    return factor === 1 ? record : Float64Array.from(record, (value) => (value - offset) * factor + offset);
  });
  const groups = grouped(
    scaled.map((record) => findPeaks(record, limits)),
    config.trigger_position_tolerance ?? 20,
  );
  if (groups.length < 2) return undefined;
  const first = groups[0]!.map((peak) => above(peak, initial));
  const second = groups[1]!.map((peak) => above(peak, secondary));
  let signature = -1;
  config.signatures.forEach(([start, stop], i) => {
    if (fits(first, start) && fits(second, stop)) signature = i;
  });
  if (signature < 0) return undefined;
  const pulses = (group: readonly (Peak | undefined)[]): DecayPulse[] =>
    group.map((peak, c) =>
      peak === undefined
        ? { height: 0, position: 0, integral: 0 }
        : {
            height: peak.prominence,
            position: peak.position,
            integral: integralAt(scaled[c]!, peak.position, offset),
          },
    );
  return {
    signature,
    decayTime: (meanPlace(second) - meanPlace(first)) * config.sample_time_ns,
    first: pulses(first),
    second: pulses(second),
  };
}

/** Peaks of all channels in time order, put together while they are closer than the tolerance to the earliest. */
function grouped(peaks: readonly (readonly Peak[])[], tolerance: number): (Peak | undefined)[][] {
  const all = peaks
    .flatMap((found, channel) => found.map((peak) => ({ peak, channel })))
    .sort((a, b) => a.peak.position - b.peak.position);
  const groups: { begin: number; members: (Peak | undefined)[] }[] = [];
  for (const { peak, channel } of all) {
    let group = groups.at(-1);
    if (group === undefined || peak.position - group.begin >= tolerance) {
      group = { begin: peak.position, members: peaks.map(() => undefined) };
      groups.push(group);
    }
    group.members[channel] = peak;
  }
  return groups.map(({ members }) => members);
}

function above(peak: Peak | undefined, limit: number): Peak | undefined {
  return peak !== undefined && peak.prominence >= limit ? peak : undefined;
}

function fits(group: readonly (Peak | undefined)[], signature: Signature): boolean {
  return signature.every((want, c) => want === '0' || (want === '+') === (group[c] !== undefined));
}

function meanPlace(group: readonly (Peak | undefined)[]): number {
  const places = group.flatMap((peak) => (peak === undefined ? [] : [peak.position]));
  return places.reduce((sum, place) => sum + place, 0) / places.length;
}

function integralAt(record: ArrayLike<number>, position: number, offset: number): number {
  let [from, to] = [position, position];
  while (from > 0 && record[from]! - offset > edge) from--;
  while (to < record.length - 1 && record[to]! - offset > edge) to++;
  let sum = 0;
  for (let i = from; i < to; i++) sum += record[i]! - offset;
  return sum;
}
