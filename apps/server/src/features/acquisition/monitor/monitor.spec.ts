import { zeroTotals } from '@countroom/run-model';
import { describe, expect, it } from 'vitest';
import { pulseHeight } from './pulse-height.js';
import { RateMeter } from './rate-meter.js';
import { Spectra } from './spectra.js';
import { viewWaveform } from './waveform-view.js';

describe('pulseHeight', () => {
  it('is the step over the baseline, wherever the waveform begins in its block', () => {
    const values = Uint16Array.from({ length: 300 }, (_, i) => (i < 100 ? 60_000 : i < 200 ? 1000 : 3500));
    expect(pulseHeight(values, 100, 200)).toBe(2500);
  });
  it('is no number for a waveform too short to judge', () => {
    expect(pulseHeight([1, 2, 3], 0, 3)).toBeNaN();
  });
});

describe('Spectra', () => {
  const countsOf = (spectra: Spectra): Uint32Array =>
    new Uint32Array(spectra.state(1).payload.slice().buffer);

  it('counts into bins and keeps every count when the axis doubles', () => {
    const spectra = new Spectra();
    spectra.add('a', 0, 100);
    spectra.add('a', 0, -1);
    const { generation } = spectra.state(1).header;
    spectra.add('a', 0, 5000);
    const { header } = spectra.state(1);
    expect(header).toMatchObject({ max: 8192, bins: 4096, full: true });
    expect(header.generation).toBeGreaterThan(generation);
    const counts = countsOf(spectra);
    expect(counts[50]).toBe(1);
    expect(counts[2500]).toBe(1);
    expect(header.channels[0]).toMatchObject({ entries: 3, underflow: 1 });
    expect(counts.reduce((sum, count) => sum + count, 0) + 1).toBe(3);
  });

  it('begins anew for each run', () => {
    const spectra = new Spectra();
    spectra.add('a', 0, 100);
    const before = spectra.state(1).header.generation;
    spectra.clear();
    expect(spectra.state(2).header.channels).toEqual([]);
    expect(spectra.state(2).header.generation).toBeGreaterThan(before);
  });
});

describe('viewWaveform', () => {
  it('keeps short ones as they are and the extremes of long ones', () => {
    expect([...viewWaveform([1, 2, 3, 4], 1, 3).points]).toEqual([2, 3, 4]);
    const long = new Uint16Array(100_000).fill(7);
    long[77_777] = 900;
    long[5] = 1;
    const { points, decimated } = viewWaveform(long, 0, long.length);
    expect(decimated).toBe(true);
    expect(points.length).toBe(2048);
    expect(Math.max(...points)).toBe(900);
    expect(Math.min(...points)).toBe(1);
  });
});

describe('RateMeter', () => {
  it('divides what came by the time it took', () => {
    const meter = new RateMeter();
    const at = (recorded: bigint, runTimeNs: bigint, deviceDeadNs: bigint) => ({
      totals: { ...zeroTotals, recorded, runTimeNs, deviceDeadNs, bytes: recorded * 100n },
      channels: [{ channel: 4, source: 'a', recorded }],
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
    expect(frame.channels).toEqual([{ channel: 4, source: 'a', rateHz: 100, recorded: 250 }]);
    expect(frame.history).toEqual([0, 100]);
  });
});
