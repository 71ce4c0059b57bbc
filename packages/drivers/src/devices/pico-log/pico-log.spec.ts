import { columnOf, type RecordBatch } from '@countroom/records';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../core/clock.js';
import { parseConfig } from '../../core/configuration.js';
import { collectRun } from '../../testing/collect-run.js';
import { picoLog } from './index.js';
import { simulatedLogger } from './logger-access.js';
import { picoLogConfig } from './pico-log.config.js';
import { PicoLog } from './pico-log.driver.js';
import { loggerLibraryPlaces, loggerRemedy, picoLogSimulationBuilt } from './sdk/logger-library.js';

const built = picoLogSimulationBuilt();
it.skipIf(built)('skips the simulated logger: its library was not built (no C compiler)', (context) =>
  context.skip(),
);

const fast = { pacing: 'fast', seed: 4 };

/** Volts that the simulated input has at a time of the unit's clock, s. */
function voltsAt(input: number, seconds: number): number {
  return 0.15 + 0.13 * input + 0.1 * Math.sin(2 * Math.PI * (0.4 + 0.1 * input) * seconds);
}

function columns(
  batches: readonly RecordBatch[],
  input: number,
): { counts: number[]; times: number[]; flags: number[]; dt: number } {
  const own = batches.filter(({ schema }) => schema.name === `ch${String(input).padStart(7, '0')}/raw`);
  const all = (name: string, width = 1): number[] =>
    own.flatMap((batch) =>
      Array.from(columnOf(batch, name).column.data.slice(0, batch.rows * width), Number),
    );
  const samples = columnOf(own[0]!, 'waveform/values').schema.shape[0]!;
  return {
    counts: all('waveform/values', samples),
    times: all('devicetime'),
    flags: all('flags'),
    dt: all('waveform/dt')[0]!,
  };
}

describe.skipIf(!built)('a PicoLog', () => {
  it('gives single values in exact intervals, with the scale of 2.5 V', async () => {
    const config = {
      channels: [{ input: 3, name: 'pressure' }, { input: 16 }],
      intervalS: 0.5,
      maxEvents: 8,
      simulation: fast,
    };
    const { batches } = await collectRun(picoLog, config);
    const { counts, times, flags } = columns(batches, 3);
    expect(times).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map((n) => n * 500_000_000));
    expect(flags.every((flag) => flag === 0)).toBe(true);
    for (const count of counts) {
      expect((count / 4095) * 2.5).toBeGreaterThan(0.43);
      expect((count / 4095) * 2.5).toBeLessThan(0.65);
    }
    const parsed = picoLogConfig.parse(config);
    const context = { source: 'facts', clock: systemClock, log: () => undefined };
    const driver = new PicoLog(parsed, context, simulatedLogger(parsed, 'facts'));
    const { channels, device } = await driver.prepare();
    expect(channels[0]).toMatchObject({
      channel: 3,
      label: 'pressure',
      voltsPerCount: 2.5 / 4095,
      rangeVolts: [0, 2.5],
    });
    expect(device).toMatchObject({ model: 'PicoLog 1216', mode: 'single' });
    await driver.close();
  });

  it('gives blocks sample by sample, channel by channel, at the interval that the unit can do', async () => {
    const { batches } = await collectRun(picoLog, {
      channels: [{ input: 1 }, { input: 2 }],
      mode: 'block',
      samples: 500,
      sampleUs: 1,
      maxEvents: 3,
      simulation: fast,
    });
    const [one, two] = [columns(batches, 1), columns(batches, 2)];
    // Two channels share the converter: 1 us for each value.
    expect([one.dt, one.counts.length]).toEqual([2000, 1500]);
    const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    // The unit's clock stood at 0 when the first block began.
    expect((mean(one.counts.slice(0, 500)) / 4095) * 2.5).toBeCloseTo(voltsAt(1, 0.0005), 3);
    expect((mean(two.counts.slice(0, 500)) / 4095) * 2.5).toBeCloseTo(voltsAt(2, 0.0005), 3);
  });

  it('waits for its trigger, with the share of the block before it', async () => {
    const { batches } = await collectRun(picoLog, {
      channels: [{ input: 2 }],
      mode: 'block',
      samples: 400,
      sampleUs: 1000,
      trigger: { on: true, input: 2, thresholdV: 0.41, hysteresisV: 0.02, before: 0.25, timeoutMs: 5000 },
      maxEvents: 4,
      simulation: fast,
    });
    const { counts } = columns(batches, 2);
    for (let record = 0; record < 4; record++) {
      const around = (from: number, to: number): number[] =>
        counts.slice(400 * record + from, 400 * record + to);
      const level = (0.41 / 2.5) * 4095;
      expect(Math.max(...around(0, 80))).toBeLessThan(level);
      expect(Math.min(...around(120, 200))).toBeGreaterThan(level);
    }
  });

  it('streams without a gap', async () => {
    const { batches } = await collectRun(picoLog, {
      channels: [{ input: 1 }, { input: 5 }],
      mode: 'streaming',
      samples: 250,
      sampleUs: 1000,
      maxEvents: 8,
      simulation: fast,
    });
    const { counts, times, dt } = columns(batches, 5);
    expect(dt).toBe(1e6);
    expect(times).toEqual(times.map((_, record) => record * 250e6));
    counts.forEach((count, sample) =>
      expect(Math.abs((count / 4095) * 2.5 - voltsAt(5, sample * 1e-3))).toBeLessThan(0.004),
    );
  });

  it('that is unplugged is looked for and goes on, with the gap marked', async () => {
    const { batches, lines, counters } = await collectRun(picoLog, {
      intervalS: 0.1,
      maxEvents: 40,
      simulation: { ...fast, fault: 'unplug', faultAfter: 20, faultForMs: 1500 },
    });
    expect(lines.filter((line) => /does not respond.*looking for it/.test(line))).toHaveLength(1);
    expect(lines.filter((line) => /is back/.test(line))).toHaveLength(1);
    const { flags } = columns(batches, 1);
    expect(flags.filter((flag) => flag === 8)).toHaveLength(1);
    expect(counters.time.deadNs['device']).toBeGreaterThan(0n);
  });

  it('that never is ready says so', async () => {
    const { lines } = await collectRun(picoLog, {
      mode: 'block',
      samples: 10,
      maxEvents: 2,
      simulation: { ...fast, fault: 'stall' },
    });
    expect(lines.join('\n')).toMatch(/was to take a block and does not/);
  });

  it('a small one has no input 16, and the smaller scale', async () => {
    const parse = (channels: object[]) =>
      picoLogConfig.parse({ channels, simulation: { ...fast, model: '1012' } });
    const context = { source: 'small', clock: systemClock, log: () => undefined };
    const make = (channels: object[]) =>
      new PicoLog(parse(channels), context, simulatedLogger(parse(channels), 'small'));
    const wrong = make([{ input: 16 }]);
    await expect(wrong.prepare()).rejects.toThrow(/PicoLog 1012 has 12 inputs, there is no 16/);
    await wrong.close();
    const right = make([{ input: 12 }]);
    expect((await right.prepare()).channels[0]!.voltsPerCount).toBe(2.5 / 1023);
    await right.close();
  });
});

describe('settings of a PicoLog', () => {
  it.each([
    [{ channels: [{ input: 1 }, { input: 1 }] }, 'channels.1.input', /twice/],
    [{ trigger: { on: true } }, 'trigger.on', /take the mode block/],
    [{ mode: 'block', trigger: { on: true, input: 4 } }, 'trigger.input', /no channel; channels are 1/],
    [
      { mode: 'block', samples: 600_000, channels: [{ input: 1 }, { input: 2 }] },
      'samples',
      /at most 500000/,
    ],
  ])('%j are refused', (config, place, says) => {
    const refused = (): unknown => parseConfig(picoLog, config);
    expect(refused).toThrow(says);
    expect(refused).toThrow(expect.objectContaining({ place }));
  });

  it('name the package when the library is missing', async () => {
    const { found, message } = await picoLog.probe(picoLogConfig.parse({}));
    expect(found).toBe(false);
    expect(message).toMatch(/PicoLog 1000 series is not installed/);
    expect(loggerRemedy('linux')).toMatch(/apt install libpl1000/);
    expect(loggerRemedy('win32')).toMatch(/64-bit PicoSDK/);
    for (const platform of ['linux', 'win32', 'darwin'] as const)
      for (const place of loggerLibraryPlaces(platform)) expect(place).toMatch(/pl1000\.(so|dll|dylib)/);
    const other = await picoLog.probe(picoLogConfig.parse({ library: '/no/such.so' }));
    expect(other.message).toMatch(/\/no\/such\.so is no library of the PicoLog 1000 series/);
  });
});
