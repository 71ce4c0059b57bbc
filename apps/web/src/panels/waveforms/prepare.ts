import type { WaveformsFrame } from '@countroom/contracts';
import { type ChannelName, channelKey } from '../channel-keys';

/** One curve to draw: times in ns and values of the same length. */
export interface Curve extends ChannelName {
  readonly key: string;
  readonly eventNumber: string;
  readonly unit: string;
  /** Name of the channel on its device. */
  readonly label?: string | undefined;
  /** Level at which the channel triggers, in `unit`; null when it does not. */
  readonly triggerLevel?: number | null;
  /** Ends of what the channel can measure, in `unit`; null when not known. */
  readonly low?: number | null;
  readonly high?: number | null;
  readonly times: Float64Array;
  readonly values: Float64Array;
}

/**
 * Curves of a frame. Decimated waveforms alternate the minimum and the maximum of equal stretches of samples: both
 * stand at the two ends of their stretch, in the order in which they came. Waveforms that point outside of the
 * payload are left out.
 */
export function decodeWaveforms(header: WaveformsFrame, payload: ArrayBuffer): Curve[] {
  const samples = new Float32Array(payload, 0, Math.floor(payload.byteLength / 4));
  return header.waveforms.flatMap((waveform) => {
    const { offset, length } = waveform;
    if (offset < 0 || length < 1 || offset + length > samples.length) return [];
    const step = (waveform.samples / length) * waveform.dtNs;
    return [
      {
        key: channelKey(waveform),
        channel: waveform.channel,
        source: waveform.source,
        eventNumber: waveform.eventNumber,
        unit: waveform.unit,
        label: waveform.label,
        triggerLevel: waveform.triggerLevel ?? null,
        low: waveform.low ?? null,
        high: waveform.high ?? null,
        times: Float64Array.from({ length }, (_, index) => waveform.t0Ns + index * step),
        values: Float64Array.from(samples.subarray(offset, offset + length)),
      },
    ];
  });
}

/** Newest curve of each channel over those known before. */
export function mergeCurves(
  known: ReadonlyMap<string, Curve>,
  curves: readonly Curve[],
): ReadonlyMap<string, Curve> {
  const merged = new Map(known);
  for (const curve of curves) merged.set(curve.key, curve);
  return merged;
}

/**
 * Running mean that weighs about the last `count` curves: mean += (new − mean) / count, and the plain mean until
 * `count` have come. Starts anew when the length changes.
 */
export class RunningMean {
  private seen = 0;
  private mean: Float64Array | null = null;

  constructor(private readonly count: number) {}

  add(values: Float64Array): Float64Array {
    if (this.mean?.length !== values.length) {
      this.mean = Float64Array.from(values);
      this.seen = 1;
      return this.mean;
    }
    this.seen = Math.min(this.count, this.seen + 1);
    const mean = this.mean;
    for (let index = 0; index < mean.length; index += 1) {
      mean[index] = mean[index]! + (values[index]! - mean[index]!) / this.seen;
    }
    return mean;
  }
}

/** Times and values one after the other, as the chart takes them. */
export function interleave(times: ArrayLike<number>, values: ArrayLike<number>): Float64Array {
  const flat = new Float64Array(times.length * 2);
  for (let index = 0; index < times.length; index += 1) {
    flat[2 * index] = times[index]!;
    flat[2 * index + 1] = values[index]!;
  }
  return flat;
}
