import { columnOf, type TableSchema } from '@countroom/records';
import { describe, expect, it, vi } from 'vitest';
import { simulatedDigitizer } from '../../devices/simulated-digitizer/index.js';
import { collectRun } from '../../testing/collect-run.js';
import { decimate } from './decimate.js';
import { Histogram } from './histogram.js';
import { energyWindows, pulseHeightOnline } from './online-energy.js';
import { SourceMonitor, spectrumAxis } from './source-monitor.js';

// Threads start slowly on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

describe('decimate', () => {
  it('keeps short waveforms and the extremes of long ones', () => {
    expect(decimate([1, 2, 3], 4)).toEqual({ values: Float32Array.of(1, 2, 3), decimated: false });
    const long = new Uint16Array(10_001).fill(100);
    long[7777] = 5000;
    long[3] = 1;
    const { values, decimated } = decimate(long, 100);
    expect(decimated).toBe(true);
    expect(values.length).toBe(100);
    expect(Math.max(...values)).toBe(5000);
    expect(Math.min(...values)).toBe(1);
    for (let i = 0; i < values.length; i += 2) expect(values[i]).toBeLessThanOrEqual(values[i + 1]!);
  });
});

describe('online energy', () => {
  it('undoes the decay of a pulse', () => {
    const tau = 500;
    const samples = Float64Array.from(
      { length: 1000 },
      (_, i) => 200 + (i < 500 ? 0 : 1000 * Math.exp(-(i - 500) / tau)),
    );
    const windows = energyWindows(1000, 500)!;
    expect(pulseHeightOnline(samples, 0, windows, tau)).toBeCloseTo(1000, -1);
    expect(pulseHeightOnline(samples, 0, windows, undefined)).toBeLessThan(850);
  });
  it('has no windows when there is no room', () => {
    expect(energyWindows(100, 5)).toBeUndefined();
    expect(energyWindows(100, 98)).toBeUndefined();
  });
});

describe('Histogram', () => {
  it('counts every value exactly once', () => {
    const histogram = new Histogram({ min: 0, max: 10, bins: 5, unit: 'keV' });
    for (const value of [-1, 0, 1.99, 2, 9.999, 10, 11, Number.NaN]) histogram.fill(value);
    expect(Array.from(histogram.counts)).toEqual([2, 1, 0, 0, 1]);
    expect(histogram).toMatchObject({ entries: 8, underflow: 1, overflow: 2, invalid: 1 });
    histogram.clear();
    expect(histogram.entries).toBe(0);
  });
});

describe('SourceMonitor', () => {
  it('knows for how long a channel has had no value', () => {
    const schema: TableSchema = {
      name: 'ch0000000/raw',
      columns: [
        { name: 'waveform/values', dtype: 'float32', shape: [1], variableLength: false, units: 'degC' },
      ],
    };
    const facts = [0, 1].map((channel) => ({
      channel,
      label: `T${channel}`,
      table: `ch000000${channel}/raw`,
    }));
    const monitor = new SourceMonitor('room', [schema], facts);
    const add = (value: number): void =>
      monitor.add({ schema, rows: 1, columns: [{ data: Float32Array.of(value) }] });
    expect(monitor.silent()).toEqual([]);
    add(21);
    const never = { channel: 1, source: 'room', label: 'T1', unit: '', ageS: null };
    expect(monitor.silent()).toEqual([never]);
    const beforeMs = performance.now();
    add(Number.NaN);
    const [gone, ...others] = monitor.silent(beforeMs + 60_000);
    expect(gone).toMatchObject({ channel: 0, label: 'T0', unit: 'degC' });
    expect(gone!.ageS).toBeGreaterThanOrEqual(60);
    expect(others).toEqual([never]);
  });

  it('shows the level that a record was taken with, once it was moved', () => {
    const values = {
      name: 'waveform/values',
      dtype: 'int16',
      shape: [2],
      variableLength: false,
      units: 'adc',
    } as const;
    const level = {
      name: 'triggerlevel',
      dtype: 'float32',
      shape: [],
      variableLength: false,
      units: 'V',
    } as const;
    const schema: TableSchema = { name: 'ch0000000/raw', columns: [values, level] };
    const other: TableSchema = { ...schema, name: 'ch0000001/raw' };
    const facts = [
      { channel: 0, table: 'ch0000000/raw', trigger: { levelVolts: -0.04 } },
      { channel: 1, table: 'ch0000001/raw' },
    ];
    const monitor = new SourceMonitor('scope', [schema, other], facts);
    const shown = (volts: number): (number | null)[] => {
      for (const each of [schema, other])
        monitor.add({
          schema: each,
          rows: 1,
          columns: [{ data: Int16Array.of(1, 2) }, { data: Float32Array.of(volts) }],
        });
      return monitor.waveforms().map(({ triggerLevel }) => triggerLevel);
    };
    expect(shown(-0.05)).toEqual([-0.05, null]);
    expect(shown(Number.NaN)).toEqual([-0.04, null]);
  });

  it('finds the line at 2614.5 keV with the configured width', async () => {
    const channels = [{ channel: 4, rateHz: 100, gainKevPerAdc: 0.1 }];
    const { batches } = await collectRun(simulatedDigitizer, {
      channels,
      pacing: 'fast',
      maxEvents: 20_000,
      fwhmKev: 4,
    });
    const table = 'ch0000004/raw';
    const facts = [{ channel: 4, table, keVPerAdc: 0.1, decayNs: 180_000 }];
    const monitor = new SourceMonitor('hpge', [], facts, { points: 200 });
    expect(monitor.axis).toEqual(spectrumAxis(facts));
    for (const batch of batches) monitor.add(batch);
    const [{ histogram } = { histogram: undefined }] = monitor.spectra();
    expect(monitor.rowsSeen).toBe(20_000);
    expect(histogram?.entries).toBe(20_000);
    let counts = 0;
    let mean = 0;
    for (let bin = 2600; bin < 2630; bin++) {
      counts += histogram!.counts[bin]!;
      mean += (bin + 0.5) * histogram!.counts[bin]!;
    }
    mean /= counts;
    let variance = 0;
    for (let bin = 2600; bin < 2630; bin++)
      variance += (bin + 0.5 - mean) ** 2 * (histogram!.counts[bin]! / counts);
    expect(counts).toBeGreaterThan(150);
    expect(Math.abs(mean - 2614.5)).toBeLessThan(3);
    expect(2.355 * Math.sqrt(variance)).toBeLessThan(9);
    const [waveform] = monitor.waveforms();
    const last = batches.at(-1)!;
    expect(waveform).toMatchObject({
      channel: 4,
      source: 'hpge',
      samples: 1836,
      dtNs: 16,
      unit: 'adc',
      decimated: true,
    });
    expect(waveform?.values.length).toBe(200);
    expect(waveform?.eventNumber).toBe(columnOf(last, 'eventnumber').column.data[last.rows - 1]);
    monitor.clear();
    expect(monitor.spectra()[0]?.histogram.entries).toBe(0);
  });

  it('shows adc when a channel is not calibrated', () => {
    expect(spectrumAxis([{ channel: 1, table: 'a' }]).unit).toBe('adc');
    expect(spectrumAxis([]).unit).toBe('adc');
  });
});
