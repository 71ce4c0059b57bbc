import { columnOf } from '@countroom/records';
import { describe, expect, it } from 'vitest';
import { collectRun } from '../../testing/collect-run.js';
import { picoScope } from './index.js';
import { familyNames } from './settings/families.js';
import { picoScopeSimulationBuilt } from './simulation/simulated-access.js';

const rangeV = 0.2;

/** A record as levels: true where the signal is above 0 V. */
interface Levels {
  readonly high: readonly boolean[];
  readonly stepUs: number;
  /** Sample at which the trigger came. */
  readonly at: number;
}

/** Pulses of 2, 5 and 10 µs in every period of 100 µs: one point each 100 ns. */
const widths = [20, 50, 100];
const points = widths.flatMap((width) => [...Array<number>(width).fill(1), ...Array<number>(200).fill(-1)]);
points.push(...Array<number>(1000 - points.length).fill(-1));

/** Records of channel B, 40 us long. */
async function levels(config: object): Promise<Levels[]> {
  const { batches } = await collectRun(picoScope, {
    channels: [{ name: 'B', rangeV, coupling: 'DC' }],
    recordS: 40e-6,
    samples: 400,
    preTrigger: 0.5,
    maxEvents: 12,
    simulation: { signal: 'generator', pacing: 'fast', noiseV: 0 },
    ...config,
  });
  return batches
    .filter(({ schema }) => schema.name === 'ch0000001/raw')
    .flatMap((batch) => {
      const { schema, column } = columnOf(batch, 'waveform/values');
      const samples = schema.shape[0]!;
      const values = column.data as Int16Array;
      const stepNs = Number(columnOf(batch, 'waveform/dt').column.data[0]);
      const at = Math.round(-Number(columnOf(batch, 'waveform/t0').column.data[0]) / stepNs);
      return Array.from({ length: batch.rows }, (_, row) => {
        const record = values.subarray(row * samples, (row + 1) * samples);
        return { high: Array.from(record, (value) => value > 0), stepUs: stepNs / 1000, at };
      });
    });
}

/** How long the signal was at a level just before the trigger, us. */
function lastedUs({ high, stepUs, at }: Levels, level = true): number {
  const from = high.lastIndexOf(!level, at - 1) + 1;
  return Math.round((at - from) * stepUs);
}

/** When the signal first has a level from the trigger on, us. */
function comesUs({ high, stepUs, at }: Levels, level: boolean): number {
  return (high.indexOf(level, at) - at) * stepUs;
}

const trigger = { kind: 'pulse-width', channel: 'B', thresholdV: 0, direction: 'rising', timeoutMs: 0 };

describe.skipIf(!picoScopeSimulationBuilt())('a pulse width trigger (needs a C compiler at set-up)', () => {
  const generator = { on: true, shape: 'arbitrary', points, frequencyHz: 10_000, peakToPeakV: 0.3 };

  it.each([
    { family: '2000a', pulse: { width: 'shorter', fromS: 3e-6 }, fires: [2] },
    { family: '3000a', pulse: { width: 'longer', fromS: 8e-6 }, fires: [10] },
    { family: '4000a', pulse: { width: 'inside', fromS: 4e-6, toS: 6e-6 }, fires: [5] },
    { family: '2000a', pulse: { width: 'outside', fromS: 4e-6, toS: 6e-6 }, fires: [2, 10] },
    { family: '4000a', pulse: { width: 'longer', fromS: 4e-6 }, fires: [5, 10] },
  ])(
    'of family $family lets pulses of $fires us through that are $pulse.width',
    async ({ family, pulse, fires }) => {
      const records = await levels({ family, generator, trigger: { ...trigger, pulse } });
      const seen = records.map((record) => lastedUs(record));
      expect(seen).toHaveLength(12);
      expect([...new Set(seen)].sort((a, b) => a - b)).toEqual(fires);
    },
  );

  it('measures what is below the threshold when pulses are negative', async () => {
    const upsideDown = { ...generator, points: points.map((point) => -point) };
    const falling = { ...trigger, direction: 'falling', pulse: { width: 'shorter', fromS: 3e-6 } };
    for (const record of await levels({ generator: upsideDown, trigger: falling }))
      expect(lastedUs(record, false)).toBe(2);
  });

  it.each(familyNames)(
    'of family %s fires at the end of a pulse, or when its time is over',
    async (family) => {
      const square = { on: true, shape: 'square', frequencyHz: 50_000, peakToPeakV: 0.3 };
      const common = { family, generator: square, preTrigger: family === '2000' ? 0 : 0.5 };
      const pulse = { width: 'longer', fromS: 8e-6 };
      for (const record of await levels({ ...common, trigger: { ...trigger, pulse } }))
        expect(Math.abs(comesUs(record, true) - 10)).toBeLessThan(0.3);
      const dropOut = { ...trigger, pulse: { ...pulse, width: 'drop-out' } };
      for (const record of await levels({ ...common, trigger: dropOut }))
        expect(Math.abs(comesUs(record, false) - 2)).toBeLessThan(0.5);
    },
  );

  it('takes a drop-out of a signal that stays where it is', async () => {
    const pulse = { width: 'drop-out', fromS: 50e-6 };
    const records = await levels({
      generator: { ...generator, points: [1, 1, 1, -1, -1, -1, -1, -1], frequencyHz: 10_000 },
      trigger: { ...trigger, direction: 'falling', pulse },
    });
    // 37.5 us high, 62.5 us low: 12.5 us of low are left.
    for (const record of records) expect(Math.abs(comesUs(record, true) - 12.5)).toBeLessThan(0.3);
  });
});
