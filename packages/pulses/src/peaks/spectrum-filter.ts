import { findPeaks, type Peak } from './find-peaks.js';

/** How a spectrum filter looks at records. The names are those of mimoCoRB's set-up files. */
export interface SpectrumFilterConfig {
  readonly sample_time_ns: number;
  /** V; records are in mV. */
  readonly analogue_offset: number;
  readonly pre_trigger_samples: number;
  /** mV. */
  readonly peak_minimal_prominence?: number | undefined;
  readonly peak_minimal_distance?: number | undefined;
  readonly peak_minimal_width?: number | undefined;
  /** With or without the `ch` in front; without one pulses belong to the place of the trigger. */
  readonly trigger_channel?: string | undefined;
  readonly trigger_position_tolerance?: number | undefined;
}

/** The pulse of one channel; all 0 when it has none. */
export interface ChannelPeak {
  /** mV above the offset. */
  readonly height: number;
  /** Sample. */
  readonly position: number;
  /** Charge in a 50 Ω load behind an amplifier of factor 5, in mC as the records are in mV. */
  readonly integral: number;
}

/** Resistance and amplification that mimoCoRB divides integrals by. */
const load = 50;
const amplification = 5;

/**
 * The pulse of each channel that belongs to the trigger. Undefined when the trigger channel has no peak.
 * @param records mV, one per channel
 */
export function spectrumFilter(
  records: readonly ArrayLike<number>[],
  channels: readonly string[],
  config: SpectrumFilterConfig,
): ChannelPeak[] | undefined {
  const { pre_trigger_samples: trigger, trigger_position_tolerance: tolerance = 7 } = config;
  const limits = {
    prominence: config.peak_minimal_prominence ?? 50,
    distance: config.peak_minimal_distance ?? 10,
    width: config.peak_minimal_width ?? 7,
  };
  const offset = config.analogue_offset * 1000;
  const peaks = records.map((record) => findPeaks(record, limits));
  const name = config.trigger_channel;
  const index =
    name === undefined ? -1 : channels.findIndex((channel) => channel === name || channel === `ch${name}`);
  let reference = trigger;
  if (index >= 0) {
    const nearest = nearestTo(peaks[index]!, trigger);
    if (nearest === undefined) return undefined;
    reference = nearest.position;
  }
  return records.map((record, c) => {
    const peak = peaks[c]!.filter(({ position }) => Math.abs(position - reference) < tolerance).at(-1);
    if (peak === undefined) return { height: 0, position: 0, integral: 0 };
    let sum = 0;
    for (let i = Math.floor(peak.left); i < Math.ceil(peak.right); i++) sum += record[i]! - offset;
    const integral = (sum * config.sample_time_ns * 1e-9) / load / amplification;
    return { height: record[peak.position]! - offset, position: peak.position, integral };
  });
}

function nearestTo(peaks: readonly Peak[], place: number): Peak | undefined {
  let found: Peak | undefined;
  for (const peak of peaks) {
    if (found === undefined || Math.abs(peak.position - place) < Math.abs(found.position - place))
      found = peak;
  }
  return found;
}
