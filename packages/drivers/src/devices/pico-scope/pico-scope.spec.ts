import type { RecordBatch } from '@countroom/records';
import { columnOf } from '@countroom/records';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../core/clock.js';
import { collectRun } from '../../testing/collect-run.js';
import { picoScope } from './index.js';
import { picoScopeConfig } from './pico-scope.config.js';
import { libraryPlaces, libraryRemedy } from './sdk/scope-library.js';
import { familyNames } from './settings/families.js';
import { picoScopeSimulationBuilt } from './simulation/simulated-access.js';

const built = picoScopeSimulationBuilt();

const scope = {
  channels: [
    { name: 'A', rangeV: 0.2, coupling: 'DC' },
    { name: 'B', rangeV: 0.2, coupling: 'DC' },
  ],
  recordS: 20e-6,
  samples: 500,
  preTrigger: 0.1,
  trigger: { channel: 'A', thresholdV: -0.04, direction: 'falling' },
  maxEvents: 60,
};
const simulation = { rateHz: 500, pacing: 'fast', truth: true };

function waveforms(batch: RecordBatch): { samples: Int16Array; length: number } {
  const { schema, column } = columnOf(batch, 'waveform/values');
  return { samples: column.data as Int16Array, length: schema.shape[0]! };
}

describe.skipIf(!built)('a simulated scope (needs a C compiler at set-up)', () => {
  it.each(familyNames)('of family %s gives pulses at the trigger, in both channels alike', async (family) => {
    const preTrigger = family === '2000' ? 0 : 0.1;
    const { batches, counters } = await collectRun(picoScope, { ...scope, preTrigger, family, simulation });
    expect(counters).toMatchObject({ recorded: 120n, dropped: 0n });
    const first = batches.filter(({ schema }) => schema.name === 'ch0000000/raw');
    for (const batch of first) {
      const { samples, length } = waveforms(batch);
      for (let row = 0; row < batch.rows; row++) {
        const record = samples.subarray(row * length, (row + 1) * length);
        const trigger = preTrigger * length;
        const near = record.subarray(trigger, trigger + 12);
        expect(Math.min(...near)).toBeLessThan((-0.04 / 0.2) * 32_512 + 800);
        if (trigger > 20) expect(Math.min(...record.subarray(0, trigger - 10))).toBeGreaterThan(-6000);
      }
    }
  });

  it.each(['rapid-block', 'streaming'] as const)('takes records by %s', async (mode) => {
    const { batches } = await collectRun(picoScope, { ...scope, mode, captures: 16, simulation });
    const numbers = batches
      .filter(({ schema }) => schema.name === 'ch0000001/raw')
      .flatMap((batch) => [
        ...(columnOf(batch, 'eventnumber').column.data as BigInt64Array).subarray(0, batch.rows),
      ]);
    expect(numbers).toEqual(Array.from({ length: 60 }, (_, index) => BigInt(index + 1)));
  });

  it('fires on a coincidence alone with a logic trigger', async () => {
    const trigger = {
      kind: 'logic',
      levels: [
        { channel: 'A', thresholdV: -0.04, direction: 'falling' },
        { channel: 'B', thresholdV: -0.04, direction: 'falling' },
      ],
      conditions: [['A', 'B']],
      timeoutMs: 0,
    };
    const { batches } = await collectRun(picoScope, {
      ...scope,
      trigger,
      simulation: { ...simulation, efficiency: 0.6 },
    });
    for (const batch of batches) {
      const { samples, length } = waveforms(batch);
      for (let row = 0; row < batch.rows; row++)
        expect(Math.min(...samples.subarray(row * length, (row + 1) * length))).toBeLessThan(-5000);
    }
  });

  it('knows the lifetime that its muons have', async () => {
    const { batches } = await collectRun(picoScope, {
      ...scope,
      maxEvents: 3000,
      simulation: { ...simulation, stoppedShare: 0.9 },
    });
    const delays = batches
      .filter(({ schema }) => schema.name === 'ch0000000/raw')
      .flatMap((batch) => [
        ...(columnOf(batch, 'truth_decay').column.data as Float32Array).subarray(0, batch.rows),
      ])
      .filter((delay) => delay > 0 && delay < 16_000);
    const mean = delays.reduce((sum, delay) => sum + delay, 0) / delays.length;
    expect(delays.length).toBeGreaterThan(500);
    expect(Math.abs(mean - 2180)).toBeLessThan((5 * 2197) / Math.sqrt(delays.length));
  });

  it('leads the generator to channel B', async () => {
    const { batches } = await collectRun(picoScope, {
      ...scope,
      recordS: 100e-6,
      samples: 1000,
      maxEvents: 5,
      trigger: { channel: 'B', thresholdV: 0.05 },
      generator: { on: true, frequencyHz: 50_000, peakToPeakV: 0.2 },
      simulation: { ...simulation, signal: 'generator' },
    });
    const { samples } = waveforms(batches.find(({ schema }) => schema.name === 'ch0000001/raw')!);
    const volts = [...samples.subarray(0, 1000)].map((raw) => (raw * 0.2) / 32_512);
    expect(Math.max(...volts)).toBeCloseTo(0.1, 1);
    const rises = volts.filter((value, index) => index > 0 && value >= 0 && volts[index - 1]! < 0);
    expect(rises.length).toBeGreaterThanOrEqual(4);
    expect(rises.length).toBeLessThanOrEqual(8);
  });

  it.each(['2000a', '3000a', '4000a'])('makes an arbitrary waveform with the family %s', async (family) => {
    const points = Array.from({ length: 100 }, (_, i) => (i < 25 ? 1 : i < 50 ? 0.5 : i < 75 ? -0.5 : -1));
    const { batches } = await collectRun(picoScope, {
      ...scope,
      family,
      recordS: 100e-6,
      samples: 1000,
      maxEvents: 2,
      trigger: { channel: 'B', thresholdV: 0.02, direction: 'rising' },
      generator: { on: true, shape: 'arbitrary', points, frequencyHz: 20_000, peakToPeakV: 0.2 },
      simulation: { ...simulation, signal: 'generator', noiseV: 0 },
    });
    const { samples, length } = waveforms(batches.find(({ schema }) => schema.name === 'ch0000001/raw')!);
    const record = samples.subarray(0, length);
    const scale = family === '4000a' ? 32_764 : 32_512;
    const levels = new Map<number, number>();
    for (const raw of record) {
      const level = Math.round((raw * 0.2 * 20) / scale) / 20;
      levels.set(level, (levels.get(level) ?? 0) + 1);
    }
    expect([...levels.keys()].sort((a, b) => a - b)).toEqual([-0.1, -0.05, 0.05, 0.1]);
    for (const count of levels.values()) expect(Math.abs(count / length - 0.25)).toBeLessThan(0.02);
  });

  it('is looked for when it is unplugged, and goes on with a word in the run', async () => {
    const { lines, counters, batches, told } = await collectRun(picoScope, {
      ...scope,
      simulation: { ...simulation, fault: 'unplug', faultAfter: 30, faultForMs: 50 },
    });
    expect(lines.filter((line) => /Scope/.test(line))).toEqual([
      expect.stringMatching(/does not respond/),
      expect.stringMatching(/is back/),
    ]);
    expect(told.filter((line) => /^Scope/.test(line))).toEqual(lines.filter((line) => /Scope/.test(line)));
    expect(counters.recorded).toBe(120n);
    const { runNs, liveNs, pausedNs, deadNs } = counters.time;
    expect(deadNs['unplugged']).toBeGreaterThan(0n);
    expect(Object.values(deadNs).reduce((sum, part) => sum + part, liveNs + pausedNs)).toBe(runNs);
    const of = (column: string): unknown[] =>
      batches
        .filter(({ schema }) => schema.name === 'ch0000000/raw')
        .flatMap((batch) => [
          ...(columnOf(batch, column).column.data as Uint32Array).subarray(0, batch.rows),
        ]);
    expect(of('eventnumber')).toEqual(Array.from({ length: 60 }, (_, index) => BigInt(index + 1)));
    expect(of('flags').filter((flags) => (Number(flags) & 8) !== 0)).toHaveLength(1);
  });

  it('is tried again when a call fails', async () => {
    const { counters } = await collectRun(picoScope, {
      ...scope,
      simulation: { ...simulation, fault: 'status', faultAfter: 30 },
    });
    expect(counters.recorded).toBe(120n);
  });

  it('marks records that left the range', async () => {
    const { batches } = await collectRun(picoScope, {
      ...scope,
      simulation: { ...simulation, fault: 'overflow', faultAfter: 0 },
    });
    const flags = columnOf(batches[0]!, 'flags').column.data as Uint32Array;
    expect(flags[1]! & 1).toBe(1);
  });

  it('refuses a configuration that its model cannot take, with every finding', async () => {
    const config = picoScopeConfig.parse({
      ...scope,
      channels: [...scope.channels, { name: 'C' }, { name: 'D' }],
    });
    const context = { source: 'test', clock: systemClock, log: () => undefined };
    const simulated = { ...config, model: '2206B' };
    const driver = await picoScope.createSimulator(simulated, context);
    await expect(driver.prepare()).rejects.toThrow(/channels\.2\.name.*channels\.3\.name/);
    await driver.close();
  });
});

describe('a scope whose library is missing', () => {
  it('says which package to install', async () => {
    const config = picoScopeConfig.parse({ library: '/nowhere/libps2000a.so.2' });
    const probe = await picoScope.probe(config);
    expect(probe).toMatchObject({ found: false, message: expect.stringMatching(/libps2000a/) as string });
    for (const platform of ['linux', 'darwin', 'win32'] as const) {
      expect(libraryRemedy('2000a', platform)).toMatch(/install/);
      expect(libraryPlaces('2000a', platform)[0]).toMatch(/ps2000a/);
    }
  });
});
