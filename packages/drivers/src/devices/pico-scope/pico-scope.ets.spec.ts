import { columnOf, type RecordBatch } from '@countroom/records';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../core/clock.js';
import { collectRun } from '../../testing/collect-run.js';
import { picoScope } from './index.js';
import { picoScopeConfig } from './pico-scope.config.js';
import { picoScopeSimulationBuilt } from './simulation/simulated-access.js';

/** 100 MHz, as fine as the generator of the simulator makes it: 100 cycles in a period of 1 us. */
const points = Array.from({ length: 8000 }, (_, i) => Math.sin((2 * Math.PI * 100 * i) / 8000));
const hertz = 100e6;

const scope = {
  model: '2206B',
  channels: [{ name: 'B', rangeV: 0.2, coupling: 'DC' }],
  recordS: 200e-9,
  samples: 1000,
  preTrigger: 0.25,
  maxEvents: 4,
  trigger: { channel: 'B', thresholdV: 0 },
  generator: { on: true, shape: 'arbitrary', points, frequencyHz: 1e6, peakToPeakV: 0.3 },
  simulation: { signal: 'generator', pacing: 'fast', noiseV: 0 },
};

function rowsOf(batches: readonly RecordBatch[], name: string): number[][] {
  return batches
    .filter(({ schema }) => schema.name === 'ch0000001/raw')
    .flatMap((batch) => {
      const { schema, column } = columnOf(batch, name);
      const width = schema.shape[0] ?? 1;
      const data = Array.from(column.data as Float32Array, Number);
      return Array.from({ length: batch.rows }, (_, row) => data.slice(row * width, (row + 1) * width));
    });
}

describe.skipIf(!picoScopeSimulationBuilt())(
  'equivalent-time sampling (needs a C compiler at set-up)',
  () => {
    it('puts captures together to a signal that is finer than the fastest sampling', async () => {
      const { batches } = await collectRun(picoScope, {
        ...scope,
        ets: { mode: 'slow', interleave: 10, cycles: 80 },
      });
      const times = rowsOf(batches, 'sampletime');
      const volts = rowsOf(batches, 'waveform/values').map((record) =>
        record.map((raw) => (raw * 0.2) / 32_512),
      );
      expect(times).toHaveLength(4);
      times.forEach((record, row) => {
        expect(record).toHaveLength(1000);
        expect(rowsOf(batches, 'waveform/dt')[row]![0]).toBeCloseTo(0.2, 6);
        expect(rowsOf(batches, 'waveform/t0')[row]![0]).toBeCloseTo(record[0]!, 4);
        for (let i = 1; i < record.length; i++) expect(record[i]).toBeGreaterThanOrEqual(record[i - 1]!);
        const squares = record.map(
          (ns, i) => (volts[row]![i]! - 0.15 * Math.sin(2 * Math.PI * hertz * ns * 1e-9)) ** 2,
        );
        expect(Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length)).toBeLessThan(
          0.02,
        );
      });
    });

    it.each(['fast', 'slow'])(
      'uses captures of the record before when it is %s, and only then',
      async (mode) => {
        const { batches } = await collectRun(picoScope, {
          ...scope,
          generator: { on: true, frequencyHz: 1e6, peakToPeakV: 0.3 },
          ets: { mode, interleave: 5, cycles: 40 },
        });
        const [first, second] = rowsOf(batches, 'sampletime').map((record) => record.slice(200, 205));
        const again = second!.filter((ns) => first!.includes(ns));
        expect(again.length >= 3).toBe(mode === 'fast');
      },
    );

    it.each([
      { family: '2000', model: '2204A', stepNs: 10 / 40, interleave: 40, preTrigger: 0 },
      { family: '3000a', model: '3206A', stepNs: 2 / 40, interleave: 40, preTrigger: 0.25 },
      { family: '4000', model: '4227', stepNs: 4 / 80, interleave: 80, preTrigger: 0.25 },
      { family: '2000a', model: '2408B', stepNs: 1 / 20, interleave: 20, preTrigger: 0.25 },
    ])('has a step of $stepNs ns with a $model', async ({ stepNs, interleave, ...model }) => {
      const { batches } = await collectRun(picoScope, {
        ...scope,
        ...model,
        recordS: 1e-6,
        maxEvents: 2,
        generator: { on: true, frequencyHz: 100_000, peakToPeakV: 0.3 },
        ets: { mode: 'fast', interleave, cycles: 4 * interleave - 40 },
      });
      expect(rowsOf(batches, 'waveform/dt')[0]![0]).toBeCloseTo(stepNs, 6);
      const [times] = rowsOf(batches, 'sampletime');
      expect(times).toHaveLength(Math.round(1000 / stepNs));
      expect(times!.at(-1)! - times![0]!).toBeGreaterThan(990);
    });

    it('asks for what the unit takes at most when it refuses', async () => {
      const config = picoScopeConfig.parse({
        ...scope,
        model: '',
        ets: { mode: 'fast', interleave: 40, cycles: 200 },
      });
      const context = { source: 'test', clock: systemClock, log: () => undefined };
      const driver = await picoScope.createSimulator({ ...config, model: '2206B' }, context);
      await expect(driver.prepare()).rejects.toThrow(/ets\.interleave.*1 to 10/);
      await driver.close();
    });
  },
);
