import { Histogram, type LiveSpectrum } from '@countroom/drivers';
import { zeroTotals } from '@countroom/run-model';
import { describe, expect, it } from 'vitest';
import { RateMeter } from './rate-meter.js';
import { spectrumState } from './spectra.js';

describe('spectrumState', () => {
  const axis = { min: 0, max: 10, bins: 5, unit: 'keV' };
  function spectrum(channel: number, values: readonly number[]): LiveSpectrum {
    const histogram = new Histogram(axis);
    for (const value of values) histogram.fill(value);
    return { channel, source: 'a', histogram };
  }

  it('holds every channel with its counts', () => {
    const state = spectrumState(3, 7, [spectrum(0, [1, 1, 9]), spectrum(4, [-1, 11])])!;
    expect(state.header).toMatchObject({ run: 3, generation: 7, full: true, unit: 'keV', bins: 5 });
    expect(state.header.channels[1]).toMatchObject({
      channel: 4,
      entries: 2,
      underflow: 1,
      overflow: 1,
      offset: 5,
      length: 5,
    });
    expect([...new Uint32Array(state.payload.buffer)]).toEqual([2, 0, 0, 0, 1, 0, 0, 0, 0, 0]);
  });

  it('is not there without channels', () => {
    expect(spectrumState(3, 7, [])).toBeUndefined();
  });
});

describe('RateMeter', () => {
  it('divides what came by the time it took', () => {
    const meter = new RateMeter();
    const at = (recorded: bigint, runTimeNs: bigint, deviceDeadNs: bigint) => ({
      totals: { ...zeroTotals, recorded, runTimeNs, deviceDeadNs, bytes: recorded * 100n },
      channels: [{ channel: 4, source: 'a', label: 'B', recorded }],
      bufferFill: 0.25,
    });
    expect(meter.measure(1000, 1, at(50n, 0n, 0n)).totalHz).toBe(0);
    const frame = meter.measure(3000, 1, at(250n, 2_000_000_000n, 500_000_000n));
    expect(frame).toMatchObject({
      totalHz: 100,
      bytesPerSecond: 10_000,
      deviceDeadFraction: 0.25,
      bufferFill: 0.25,
    });
    expect(frame.channels).toEqual([{ channel: 4, source: 'a', label: 'B', rateHz: 100, recorded: 250 }]);
    expect(frame.history).toEqual([0, 100]);
  });
});
