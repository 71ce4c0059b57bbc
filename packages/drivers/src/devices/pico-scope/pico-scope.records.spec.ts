import { columnOf, type RecordBatch } from '@countroom/records';
import { describe, expect, it } from 'vitest';
import { cloneBatch, decodeBatch } from '../../core/batch-codec.js';
import { systemClock } from '../../core/clock.js';
import { infoLines, infoSchema } from '../../core/info-table.js';
import { Ring } from '../../core/ring/ring.js';
import { RingSink } from '../../core/ring-sink.js';
import { collectRun } from '../../testing/collect-run.js';
import { picoScope } from './index.js';
import { picoScopeConfig } from './pico-scope.config.js';
import { scopeFlags } from './pico-scope.tables.js';
import { picoScopeSimulationBuilt } from './simulation/simulated-access.js';

const scope = {
  channels: [
    { name: 'A', rangeV: 0.2, coupling: 'DC' },
    { name: 'B', rangeV: 0.2, coupling: 'DC' },
  ],
  recordS: 20e-6,
  samples: 500,
  preTrigger: 0.1,
  trigger: { channel: 'A', thresholdV: -0.04, direction: 'falling' },
  maxEvents: 100,
};
const simulation = { rateHz: 500, pacing: 'fast', truth: true };

function valuesOf(batches: readonly RecordBatch[], name: string): (number | bigint)[] {
  return batches
    .filter(({ schema }) => schema.name === 'ch0000000/raw')
    .flatMap((batch) => {
      const { data } = columnOf(batch, name).column;
      return Array.from({ length: batch.rows }, (_, row) => data[row]!);
    });
}

describe.skipIf(!picoScopeSimulationBuilt())('records of a scope (needs a C compiler at set-up)', () => {
  it.each(['block', 'rapid-block'])('carry all time of a run in whole ns: %s', async (mode) => {
    const { batches, counters } = await collectRun(picoScope, { ...scope, mode, captures: 16, simulation });
    const sum = (name: string): bigint =>
      valuesOf(batches, name).reduce<bigint>((total, ns) => total + (ns as bigint), 0n);
    const { runNs, pausedNs, liveNs, deadNs } = counters.time;
    expect(sum('livetime')).toBe(liveNs);
    expect(sum('bufferwait')).toBe(deadNs['buffer'] ?? 0n);
    expect(sum('deadtime')).toBeGreaterThan(0n);
    // What follows is the end of the run.
    const rest = runNs - pausedNs - sum('livetime') - sum('bufferwait') - sum('deadtime');
    const readout = (deadNs['readout'] ?? 0n) + (deadNs['arming'] ?? 0n) + (deadNs['stopping'] ?? 0n);
    expect(rest).toBeGreaterThanOrEqual(0n);
    expect(rest).toBeLessThanOrEqual(readout + (deadNs['pretrigger'] ?? 0n));
    const segments = valuesOf(batches, 'segment');
    expect(Math.max(...segments.map(Number))).toBe(mode === 'block' ? 0 : 15);
    expect(new Set(valuesOf(batches, 'epoch'))).toEqual(new Set([1]));
    expect(valuesOf(batches, 'triggerlevel')[0]).toBeCloseTo(-0.04, 6);
  });

  it.each(['2000a', '3000a', '4000a'])('say when no trigger made them: family %s', async (family) => {
    const { batches } = await collectRun(picoScope, {
      ...scope,
      family,

      trigger: { ...scope.trigger, timeoutMs: 20 },
      simulation: { ...simulation, rateHz: 40 },
    });
    const flags = valuesOf(batches, 'flags').map((value) => (Number(value) & scopeFlags.timedOut) !== 0);
    const empty = valuesOf(batches, 'truth_pulses').map((pulses) => Number(pulses) === 0);
    expect(flags).toEqual(empty);
    expect(new Set(flags)).toEqual(new Set([true, false]));
  });

  it('have a level that can be moved during the run, and say from where on', async () => {
    const context = { source: 'test', clock: systemClock, log: () => undefined };
    const config = picoScopeConfig.parse({ ...scope, maxEvents: 0, simulation });
    const driver = await picoScope.createSimulator(config, context);
    const { tables, device } = await driver.prepare();
    const ring = Ring.create();
    const consumer = ring.attach('test', { kind: 'obligatory' });
    const sink = new RingSink(tables, ring.producer(), systemClock);
    await driver.arm();
    const takeMore = async (): Promise<void> => {
      const until = driver.counters().recorded + 60n;
      while (driver.counters().recorded < until) await driver.acquire(sink);
    };
    await takeMore();
    expect(() => driver.useTriggerLevel(-0.3)).toThrow(
      /-0\.3 V is outside of what A sees; give -0\.2 to 0\.2/,
    );
    expect(driver.useTriggerLevel(-0.15)).toEqual({ epoch: 2 });
    await takeMore();
    sink.flush();
    const batches: RecordBatch[] = [];
    const lines: string[] = [];
    for (let record = consumer.take(); record !== undefined; record = consumer.take()) {
      const { batch } = decodeBatch([infoSchema, ...tables][record.schemaId]!, record.bytes);
      if (record.schemaId === 0) lines.push(...infoLines(batch).map(({ message }) => message));
      else batches.push(cloneBatch(batch));
    }
    expect(lines).toEqual(['Settings 2: the level of the trigger goes from -0.04 V to -0.15 V']);
    const epochs = valuesOf(batches, 'epoch').map(Number);
    expect(epochs).toEqual([...epochs].sort((a, b) => a - b));
    expect(new Set(epochs)).toEqual(new Set([1, 2]));
    const numbers = valuesOf(batches, 'eventnumber');
    expect(numbers).toEqual(numbers.map((_, index) => BigInt(index + 1)));
    const heights = batches
      .filter(({ schema }) => schema.name === 'ch0000000/raw')
      .flatMap((batch) => {
        const samples = columnOf(batch, 'waveform/values').column.data as Int16Array;
        return Array.from(
          { length: batch.rows },
          (_, row) => (-0.2 * Math.min(...samples.subarray(500 * row, 500 * (row + 1)))) / 32_512,
        );
      });
    valuesOf(batches, 'triggerlevel').forEach((level, index) => {
      expect(level).toBeCloseTo(epochs[index] === 1 ? -0.04 : -0.15, 6);
    });
    const least = (epoch: number): number =>
      Math.min(...heights.filter((_, index) => epochs[index] === epoch));
    expect(least(2)).toBeGreaterThan(0.14);
    expect(least(1)).toBeLessThan(0.14);
    // The next run begins with the level of its configuration.
    await driver.disarm('stopping');
    const again = await driver.prepare();
    expect(again.device['trgThr']).toBe(device['trgThr']);
    await driver.close();
  });

  it.each([
    [{ trigger: { kind: 'off' } }, /without a trigger/],
    [{ mode: 'streaming' }, /without a trigger/],
    [
      {
        trigger: { kind: 'logic', levels: [{ channel: 'A', thresholdV: 0 }], conditions: [['A']] },
      },
      /change them in the configuration/,
    ],
  ])('have no one level to move: %j', async (change, message) => {
    const context = { source: 'test', clock: systemClock, log: () => undefined };
    const config = picoScopeConfig.parse({ ...scope, simulation, ...change });
    const driver = await picoScope.createSimulator(config, context);
    await driver.prepare();
    expect(() => driver.useTriggerLevel(0)).toThrow(message);
    await driver.close();
  });
});
