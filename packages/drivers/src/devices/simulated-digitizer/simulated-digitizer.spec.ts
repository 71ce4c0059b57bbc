import { columnOf, type RecordBatch } from '@countroom/records';
import { describe, expect, it, vi } from 'vitest';
import { collectRun } from '../../testing/collect-run.js';
import { ArmedClock } from './armed-clock.js';
import { ChannelSource } from './channel-source.js';
import { ChannelTrigger } from './channel-trigger.js';
import { simulatedDigitizer } from './index.js';
import { PulseBank, pulseHeight } from './pulse-bank.js';
import { RandomSource } from './random-source.js';
import { simulatedDigitizerConfig } from './simulated-digitizer.config.js';
import { recordFlags } from './simulated-digitizer.tables.js';
import { comptonEdge, kleinNishina, ThoriumSpectrum, thoriumLines } from './thorium-spectrum.js';

// Threads start slowly on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const base = { pacing: 'fast', truth: true, maxEvents: 400, recordSamples: 256, preTriggerSamples: 128 };

function numbers(batches: readonly RecordBatch[], name: string): number[] {
  return batches.flatMap((batch) =>
    Array.from(columnOf(batch, name).column.data.slice(0, batch.rows), Number),
  );
}

describe('random numbers', () => {
  it('repeat for a seed, differ between streams, and have the moments they should', () => {
    const draw = (seed: number, stream: number): number[] => {
      const random = new RandomSource(seed, stream);
      return Array.from({ length: 20_000 }, () => random.normal());
    };
    expect(draw(5, 1)).toEqual(draw(5, 1));
    expect(draw(5, 1)[0]).not.toBe(draw(5, 2)[0]);
    const values = draw(5, 1);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    expect(Math.abs(mean)).toBeLessThan(0.03);
    expect(Math.abs(variance - 1)).toBeLessThan(0.04);
    const random = new RandomSource(1);
    const waits = Array.from({ length: 20_000 }, () => random.exponential(50));
    expect(waits.reduce((sum, value) => sum + value, 0) / waits.length).toBeCloseTo(50, -0.3);
  });
});

describe('Th-228 spectrum', () => {
  const spectrum = new ThoriumSpectrum();
  const random = new RandomSource(3);
  const energies = Array.from({ length: 200_000 }, () => spectrum.sample(random));
  const near = (keV: number, width: number): number =>
    energies.filter((e) => Math.abs(e - keV) < width).length;

  it('has its lines, the escape lines and nothing above 2614.5 keV', () => {
    for (const { keV, percent } of thoriumLines) if (percent > 1) expect(near(keV, 0.01)).toBeGreaterThan(20);
    for (const keV of [2614.511 - 511, 2614.511 - 1022, 511]) expect(near(keV, 0.1)).toBeGreaterThan(20);
    expect(Math.max(...energies.slice(0, 50_000))).toBeLessThanOrEqual(2614.511);
  });

  it('falls at the Compton edge of the 2614.5 keV line (2381.8 keV)', () => {
    expect(comptonEdge(2614.511)).toBeCloseTo(2381.8, 0);
    expect(near(2360, 15)).toBeGreaterThan(3 * near(2410, 15));
  });

  it('has the cross section rise towards the edge for high energies', () => {
    const edge = comptonEdge(2614.511) / 2614.511;
    expect(kleinNishina(edge * 0.999, 2614.511)).toBeGreaterThan(kleinNishina(edge * 0.5, 2614.511));
    expect(kleinNishina(0, 500)).toBe(2);
  });
});

describe('pulses', () => {
  it('rise to full charge and decay with their constant', () => {
    expect(pulseHeight(-1, 300, 180_000)).toBe(0);
    expect(pulseHeight(300, 300, 1e12)).toBeCloseTo(1, 6);
    const ratio = pulseHeight(100_150, 300, 50_000) / pulseHeight(50_150, 300, 50_000);
    expect(ratio).toBeCloseTo(Math.exp(-1), 10);
  });

  it('begin where the truth says, have the true height, and end in 16 bits', async () => {
    const config = {
      ...base,
      noiseAdc: 0,
      fwhmKev: 0,
      channels: [{ channel: 7, rateHz: 1, gainKevPerAdc: 0.1 }],
    };
    const { batches } = await collectRun(simulatedDigitizer, config);
    const energies = numbers(batches, 'truth_energy');
    const heights = numbers(batches, 'daqenergy');
    expect(energies.length).toBe(400);
    energies.forEach((keV, i) => {
      const ratio = (heights[i]! * 0.1) / keV;
      expect(ratio).toBeGreaterThan(0.99);
      expect(ratio).toBeLessThan(1.01);
    });
    const [batch] = batches;
    const values = columnOf(batch!, 'waveform/values').column.data as Uint16Array;
    expect(Math.max(...values.subarray(0, 128))).toBeLessThanOrEqual(10_001);
    expect(values[160]).toBeGreaterThan(10_300);
  });

  it('saturate at 65535 and say so', async () => {
    const config = { ...base, channels: [{ channel: 0, rateHz: 10, gainKevPerAdc: 0.02 }] };
    const { batches } = await collectRun(simulatedDigitizer, config);
    const flags = numbers(batches, 'flags');
    const energies = numbers(batches, 'truth_energy');
    energies.forEach((keV, i) => {
      if (Math.abs(keV / 0.02 - 55_535) < 500) return;
      expect((flags[i]! & recordFlags.saturated) !== 0).toBe(keV / 0.02 > 55_535);
    });
    expect(flags.some((flag) => (flag & recordFlags.saturated) !== 0)).toBe(true);
  });
});

describe('trigger', () => {
  const config = simulatedDigitizerConfig.parse({
    seed: 2,
    recordSamples: 1000,
    preTriggerSamples: 500,
    deadTimeUs: 10,
  });
  const bank = new PulseBank(config, new RandomSource(1));
  const window = { preNs: 8000, postNs: 8000, deadNs: 10_000 };
  function trigger(rateHz: number): ChannelTrigger {
    const channel = { channel: 0, rateHz, gainKevPerAdc: 0.1, enabled: true };
    return new ChannelTrigger(
      new ChannelSource(channel, 0, config, new ThoriumSpectrum(), bank),
      window,
      40,
      180_000,
    );
  }

  it('has the live fraction of a non-extending dead time: 1 / (1 + rate × dead time)', () => {
    const busy = trigger(40_000);
    let live = 0;
    let last = 0;
    let fired = 0;
    for (; fired < 20_000; fired++) {
      busy.nextCompleteNs(Infinity);
      const record = busy.fire();
      live += record.liveNs;
      last = record.pulse.timeNs;
    }
    const crossings = busy.triggers / (last / 1e9);
    expect(busy.triggers).toBe(fired + busy.missed);
    expect(live / last).toBeCloseTo(1 / (1 + crossings * 18e-6), 1);
    expect(fired / (live / 1e9)).toBeCloseTo(crossings, -3);
  });

  it('gives the pulses inside a record, and the tails of those before it', () => {
    const busy = trigger(40_000);
    let piled = 0;
    let tails = 0;
    for (let i = 0; i < 2000; i++) {
      busy.nextCompleteNs(Infinity);
      const { pulse, pulses, tailKev } = busy.fire();
      for (const one of pulses) {
        expect(one.timeNs).toBeGreaterThanOrEqual(pulse.timeNs - window.preNs);
        expect(one.timeNs).toBeLessThan(pulse.timeNs + window.postNs);
      }
      expect(pulses).toContain(pulse);
      if (pulses.length > 1) piled += 1;
      if (tailKev > 1) tails += 1;
    }
    expect(piled).toBeGreaterThan(300);
    expect(tails).toBeGreaterThan(1500);
  });

  it('keeps few pulses at any time when nothing fires', () => {
    const channel = { channel: 0, rateHz: 1000, gainKevPerAdc: 0.1, enabled: true };
    const source = new ChannelSource(channel, 0, config, new ThoriumSpectrum(), bank);
    const deaf = new ChannelTrigger(source, window, 1e9, 180_000);
    expect(deaf.nextCompleteNs(60e9)).toBe(Infinity);
    const kept = (deaf as unknown as { earlier: unknown[] }).earlier.length;
    expect(kept).toBeLessThan(100);
  });
});

describe('ArmedClock', () => {
  it('maps armed time to device time across pauses and skips', () => {
    const clock = new ArmedClock();
    clock.arm(0);
    clock.disarm(100);
    clock.arm(250);
    expect(clock.armedAt(300)).toBe(150);
    expect(clock.locate(50, 0)).toEqual({ deviceNs: 50, gap: false });
    expect(clock.locate(120, 50)).toEqual({ deviceNs: 270, gap: true });
    expect(clock.locate(130, 120)).toEqual({ deviceNs: 280, gap: false });
    clock.skip(30, 400);
    expect(clock.armedAt(400)).toBe(220);
    expect(clock.locate(225, 200)).toEqual({ deviceNs: 405, gap: true });
  });
});

describe('configuration', () => {
  it.each([
    [{ preTriggerSamples: 2000 }, 'preTriggerSamples'],
    [{ channels: [{ channel: 1 }, { channel: 1 }] }, 'channels.1.channel'],
    [{ channels: [{ channel: 1, enabled: false }] }, 'channels'],
    [{ riseNs: { min: 500, max: 100 } }, 'riseNs.min'],
    [{ channels: [] }, 'channels'],
    [{ pacing: 'slow' }, 'pacing'],
  ])('refuses %j at %s', (bad, place) => {
    const parsed = simulatedDigitizerConfig.safeParse(bad);
    expect(parsed.error?.issues.map(({ path }) => path.join('.'))).toContain(place);
  });
});
