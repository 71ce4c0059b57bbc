import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { simulatedDigitizer } from '../devices/simulated-digitizer/index.js';
import { describeDefinition, parseConfig } from './configuration.js';
import { DriverError, errorFacts, errorFromFacts } from './errors.js';
import { infoBatch, infoLines } from './info-table.js';
import { createRegistry } from './registry.js';
import { faultOf, type SignalDefinition, severityOf } from './signal.js';
import { TimeAccount } from './time-account.js';

describe('TimeAccount', () => {
  it('books every ns under exactly one part', () => {
    const account = new TimeAccount(1000n);
    account.enter('live', 1010n);
    account.enter('paused', 1500n);
    account.enter('live', 1700n);
    account.enter('buffer', 1800n);
    account.settle(1850n);
    account.moveFromLive('device', 33n);
    const { runNs, liveNs, pausedNs, deadNs } = account.facts();
    expect({ runNs, liveNs, pausedNs, deadNs }).toEqual({
      runNs: 850n,
      liveNs: 567n,
      pausedNs: 200n,
      deadNs: { buffer: 50n, device: 33n },
    });
    expect(runNs).toBe(liveNs + pausedNs + Object.values(deadNs).reduce((sum, ns) => sum + ns, 0n));
  });

  it('moves no more than was live, and refuses a clock that goes back', () => {
    const account = new TimeAccount(0n);
    account.settle(10n);
    account.moveFromLive('device', 50n);
    expect(account.facts()).toEqual({ runNs: 10n, liveNs: 0n, pausedNs: 0n, deadNs: { device: 10n } });
    expect(() => account.settle(9n)).toThrow(/went back from 10 to 9 ns/);
  });
});

describe('signals', () => {
  const volts: SignalDefinition = {
    name: 'hv',
    title: 'HV',
    type: 'number',
    unit: 'V',
    access: 'setting',
    limits: { low: 0, high: 100 },
    warning: { high: 80 },
    alarm: { high: 90 },
    periodMs: 1000,
  };
  it('are judged by their bands', () => {
    expect([50, 85, 95, 120, Number.NaN].map((value) => severityOf(volts, value))).toEqual([
      'ok',
      'warning',
      'alarm',
      'invalid',
      'invalid',
    ]);
    expect(severityOf(volts, null)).toBe('invalid');
  });
  it('say what they take', () => {
    expect(faultOf(volts, 120)).toBe('hv takes 0 to 100 V');
    expect(faultOf(volts, 'much')).toMatch(/finite number/);
    expect(faultOf({ ...volts, type: 'choice', choices: ['a', 'b'] }, 'c')).toBe('hv takes one of a, b');
    expect(faultOf({ ...volts, type: 'integer' }, 1.5)).toMatch(/whole number/);
    expect(faultOf({ ...volts, type: 'boolean' }, 1)).toMatch(/true or false/);
    expect(faultOf({ ...volts, type: 'text' }, 'x')).toBeUndefined();
  });
});

describe('registry and configuration', () => {
  it('refuses a kind listed twice and names the known ones', () => {
    expect(() => createRegistry([simulatedDigitizer, simulatedDigitizer])).toThrow(/listed twice/);
    expect(() => createRegistry([simulatedDigitizer]).get('other')).toThrow(/known are: simulated-digitizer/);
  });

  it('lists every fault of a configuration with its key', () => {
    const bad = { seed: -1, riseNs: { min: 'x' }, surprise: 1 };
    expect(() => parseConfig(simulatedDigitizer, bad)).toThrow(/seed: .*riseNs\.min: .*surprise/);
  });

  it('describes a kind as plain JSON with labels, units and defaults', () => {
    const described = JSON.parse(JSON.stringify(describeDefinition(simulatedDigitizer))) as {
      config: { properties: Record<string, { title?: string; unit?: string; default?: unknown }> };
      commands: { name: string; parameters: object }[];
    };
    expect(described.config.properties['samplePeriodNs']).toMatchObject({
      title: 'Sample period',
      unit: 'ns',
      default: 16,
    });
    expect(described.commands.map(({ name }) => name)).toEqual(['pulser', 'recalibrate-baseline']);
    expect(z.object({ type: z.literal('object') }).safeParse(described.commands[0]?.parameters).success).toBe(
      true,
    );
  });
});

describe('errors and info lines', () => {
  it('keep code and place on the way between threads', () => {
    const facts = errorFacts(new DriverError('spool-full', '/data', 'full'), 'elsewhere');
    expect(errorFromFacts(facts)).toMatchObject({ code: 'spool-full', place: '/data', message: 'full' });
    expect(errorFacts(new Error('odd'), 'here')).toEqual({ code: 'device', place: 'here', message: 'odd' });
  });

  it('give texts back, whatever alphabet', () => {
    const lines = [
      { timeNs: 2n ** 60n + 1n, message: 'Beginning run' },
      { timeNs: 5n, message: '' },
      { timeNs: 6n, message: 'Überspannung µ 🙂' },
    ];
    expect(infoLines(infoBatch(lines))).toEqual(lines);
  });
});
