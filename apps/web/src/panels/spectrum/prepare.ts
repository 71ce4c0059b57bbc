import type { SpectrumFrame } from '@countroom/contracts';
import { type ChannelName, channelKey } from '../channel-keys';

/** Histogram of one channel. */
export interface ChannelSpectrum extends ChannelName {
  readonly entries: number;
  readonly underflow: number;
  readonly overflow: number;
  readonly counts: Uint32Array;
}

/** All spectra of a detector as they stand after the frames so far. */
export interface SpectrumState {
  readonly run: number | null;
  readonly generation: number;
  readonly sequence: number;
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  readonly bins: number;
  readonly channels: ReadonlyMap<string, ChannelSpectrum>;
}

/**
 * The state after a frame. A full frame replaces everything; a difference puts new counts into the bins that it names.
 * Null: the difference is to something that this page does not have, so a full frame is needed first.
 */
export function applySpectrumFrame(
  state: SpectrumState | null,
  frame: SpectrumFrame,
  payload: ArrayBuffer,
  sequence: number,
): SpectrumState | null {
  const words = new Uint32Array(payload, 0, Math.floor(payload.byteLength / 4));
  if (!frame.full && !continues(state, frame)) return null;
  const channels = new Map(frame.full ? [] : state?.channels);
  for (const entry of frame.channels) {
    const { offset, length, ...facts } = entry;
    if (offset < 0 || length < 0 || offset + length > words.length) return null;
    const part = words.subarray(offset, offset + length);
    const key = channelKey(entry);
    const before = channels.get(key)?.counts ?? new Uint32Array(frame.bins);
    const counts = frame.full ? fullCounts(part, frame.bins) : changedCounts(before, part);
    channels.set(key, {
      channel: facts.channel,
      source: facts.source,
      entries: facts.entries,
      underflow: facts.underflow,
      overflow: facts.overflow,
      counts,
    });
  }
  const { run, generation, unit, min, max, bins } = frame;
  return { run, generation, sequence, unit, min, max, bins, channels };
}

// Counts in a difference are absolute, so one to an older state than ours fits as well.
function continues(state: SpectrumState | null, frame: SpectrumFrame): boolean {
  return (
    state !== null &&
    state.generation === frame.generation &&
    state.bins === frame.bins &&
    frame.since <= state.sequence
  );
}

function fullCounts(part: Uint32Array, bins: number): Uint32Array {
  const counts = new Uint32Array(bins);
  counts.set(part.subarray(0, bins));
  return counts;
}

// The histogram is this page's own, so it is changed in place: copying every bin each second would cost more.
function changedCounts(counts: Uint32Array, pairs: Uint32Array): Uint32Array {
  for (let index = 0; index + 1 < pairs.length; index += 2) {
    const bin = pairs[index]!;
    if (bin < counts.length) counts[bin] = pairs[index + 1]!;
  }
  return counts;
}

/** Sums neighbouring bins; the last one may hold fewer. */
export function rebin(counts: Uint32Array, factor: number): Float64Array {
  const size = Math.max(1, Math.floor(factor));
  const sums = new Float64Array(Math.ceil(counts.length / size));
  for (let bin = 0; bin < counts.length; bin += 1) {
    const target = Math.floor(bin / size);
    sums[target] = sums[target]! + counts[bin]!;
  }
  return sums;
}

/** Where empty bins stand on a logarithmic axis. */
export const logFloor = 0.5;

/** Lower edges and counts one after the other, closed at the upper edge: a step line. */
export function stepLine(
  counts: ArrayLike<number>,
  min: number,
  binWidth: number,
  logarithmic: boolean,
): Float64Array {
  const flat = new Float64Array(2 * (counts.length + 1));
  for (let bin = 0; bin <= counts.length; bin += 1) {
    const value = counts[Math.min(bin, counts.length - 1)] ?? 0;
    flat[2 * bin] = min + bin * binWidth;
    flat[2 * bin + 1] = logarithmic ? Math.max(logFloor, value) : value;
  }
  return flat;
}

/** Bin that holds `x`, or null outside. */
export function binAt(state: Pick<SpectrumState, 'min' | 'max' | 'bins'>, x: number): number | null {
  if (!(x >= state.min && x < state.max)) return null;
  return Math.floor(((x - state.min) / (state.max - state.min)) * state.bins);
}
