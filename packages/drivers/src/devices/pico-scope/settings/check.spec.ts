import { describe, expect, it } from 'vitest';
import { picoScopeConfig, picoScopeShape } from '../pico-scope.config.js';
import { checkPicoScope } from './check.js';

const check = (given: object, model?: string): ReturnType<typeof checkPicoScope> =>
  checkPicoScope(picoScopeShape.parse(given), model);

describe('the check of a scope configuration', () => {
  it('is content with the defaults of every family', () => {
    for (const family of ['2000', '2000a', '3000a', '4000', '4000a'])
      expect(check({ family, preTrigger: 0 })).toEqual([]);
  });

  it('reports everything at once, each with its place and the nearest value', () => {
    const findings = check({
      channels: [
        { name: 'E', rangeV: 100, offsetV: 0 },
        { name: 'B', rangeV: 0.05, offsetV: 3 },
        { name: 'B', rangeV: -1 },
      ],
      recordS: 0,
      samples: 2.4,
      preTrigger: 1.5,
      trigger: { channel: 'B', thresholdV: 9, timeoutMs: 90_000, delaySamples: -1 },
      generator: { on: true, frequencyHz: 5e6, peakToPeakV: 9, stepHz: 0 },
    });
    const nearest = Object.fromEntries(findings.map((finding) => [finding.place, finding.nearest]));
    expect(nearest).toEqual({
      recordS: 10e-6,
      samples: 2,
      preTrigger: 1,
      'channels.0.name': 'A',
      'channels.0.rangeV': 20,
      'channels.1.offsetV': 0.25,
      'channels.2.name': undefined,
      'channels.2.rangeV': 0.02,
      'trigger.timeoutMs': 32_767,
      'trigger.delaySamples': 0,
      'trigger.thresholdV': -2.95,
      'generator.frequencyHz': 1e6,
      'generator.stepHz': 10,
      'generator.peakToPeakV': 4,
    });
    for (const { problem, remedy } of findings) expect(problem && remedy).toBeTruthy();
  });

  it('knows what a model lacks, also one that only the device told', () => {
    const given = { channels: [{ name: 'A' }, { name: 'C' }] };
    expect(check(given)).toEqual([]);
    expect(check(given, '2206B')).toMatchObject([{ place: 'channels.1.name', nearest: 'B' }]);
    expect(check({ channels: [{ name: 'A', rangeV: 0.02 }] }, '2208A')).toEqual([]);
  });

  it('knows what a family cannot do', () => {
    const places = check({
      family: '2000',
      mode: 'rapid-block',
      channels: [{ name: 'A', offsetV: 0.1 }],
      trigger: { direction: 'above' },
      preTrigger: 0.5,
    }).map(({ place, severity }) => `${severity} ${place}`);
    expect(places).toEqual([
      'warning preTrigger',
      'error channels.0.offsetV',
      'error trigger.direction',
      'error mode',
    ]);
  });

  it('knows what an arbitrary waveform needs', () => {
    const generator = { on: true, shape: 'arbitrary', frequencyHz: 1000 };
    const places = (given: object): string[] => check(given).map(({ place }) => place);
    expect(places({ generator: { ...generator, points: [0, 1] } })).toEqual([]);
    expect(places({ generator })).toEqual(['generator.points']);
    expect(
      places({ family: '4000', generator: { ...generator, points: [0, 1], stopFrequencyHz: 9 } }),
    ).toEqual(['generator.shape', 'generator.stopFrequencyHz']);
  });

  it('follows the conditions of a logic trigger', () => {
    const logic = (levels: object[], conditions: string[][]): string[] =>
      check({
        channels: [{ name: 'A' }, { name: 'B' }],
        trigger: { kind: 'logic', levels, conditions },
      }).map(({ place }) => place);
    expect(logic([{ channel: 'A', thresholdV: 0.1 }], [['A']])).toEqual([]);
    expect(logic([{ channel: 'A', thresholdV: 0.1 }], [['A', 'B']])).toEqual(['trigger.conditions.0.1']);
    expect(logic([{ channel: 'D', thresholdV: 0.1 }], [])).toEqual([
      'trigger.conditions',
      'trigger.levels.0.channel',
    ]);
  });

  it('does not let more be taken than the memory holds', () => {
    const rapid = { mode: 'rapid-block', captures: 100_000, recordS: 16e-6, samples: 4000, model: '2206B' };
    expect(check(rapid)).toMatchObject([{ place: 'captures' }]);
    const { nearest } = check(rapid)[0]!;
    expect(check({ ...rapid, captures: nearest })).toEqual([]);
  });

  it('speaks through the schema with the path of every finding', () => {
    const { error } = picoScopeConfig.safeParse({ channels: [{ name: 'Z' }], samples: 0 });
    expect(error?.issues.map(({ path }) => path.join('.'))).toEqual([
      'samples',
      'channels.0.name',
      'trigger.channel',
    ]);
  });

  it('tells everything of a pulse width that cannot be measured', () => {
    const trigger = {
      kind: 'pulse-width',
      direction: 'above',
      thresholdV: 3,
      pulse: { width: 'inside', fromS: 1e-12, toS: 1e-13 },
    };
    expect(check({ trigger }).map(({ place, nearest }) => [place, nearest])).toEqual([
      ['trigger.thresholdV', 0.5],
      ['trigger.direction', 'rising'],
      ['trigger.pulse.fromS', 48e-9],
      ['trigger.pulse.toS', 48e-9],
      ['trigger.pulse.toS', 96e-9],
    ]);
    const pulse = { width: 'drop-out' };
    const either = { kind: 'pulse-width', direction: 'rising-or-falling', pulse };
    expect(check({ trigger: either })).toEqual([]);
    expect(check({ trigger: { ...either, pulse: { width: 'longer' } } })).toHaveLength(1);
    const old = { family: '2000', preTrigger: 0, trigger: { kind: 'pulse-width' } };
    expect(check({ ...old, model: '2204A' })).toEqual([]);
    expect(check({ ...old, model: '2203' })).toMatchObject([{ place: 'trigger.kind', nearest: 'simple' }]);
    expect(check({ mode: 'streaming', trigger: { kind: 'pulse-width' } })).toMatchObject([
      { place: 'trigger.kind', severity: 'warning' },
    ]);
  });

  it('lets equivalent-time sampling be where a family, a mode and a trigger have it', () => {
    const ets = { mode: 'fast', interleave: 10, cycles: 40 };
    for (const family of ['2000', '2000a', '3000a'])
      expect(check({ family, preTrigger: 0, recordS: 1e-6, samples: 1000, ets })).toEqual([]);
    for (const family of ['4000', '4000a'])
      expect(check({ family, ets })).toMatchObject([{ place: 'ets.mode', nearest: 'off' }]);
    expect(check({ model: '2205MSO', ets })).toMatchObject([{ place: 'ets.mode' }]);
    expect(check({ family: '4000', ets })).toMatchObject([{ remedy: 'name the model, or switch it off' }]);
    const finest = { ...ets, interleave: 80, cycles: 400 };
    expect(check({ family: '4000', model: '4226', recordS: 1e-6, samples: 1000, ets: finest })).toEqual([]);
    const wrong = {
      mode: 'rapid-block',
      trigger: { direction: 'above' },
      ets: { ...ets, interleave: 99, cycles: 0 },
    };
    expect(check({ model: '2206B', ...wrong }).map(({ place, nearest }) => [place, nearest])).toEqual([
      ['ets.mode', 'off'],
      ['trigger.direction', 'rising'],
      ['ets.interleave', 10],
      ['ets.cycles', 10],
    ]);
    expect(check({ mode: 'streaming', ets })).toMatchObject([{ place: 'ets.mode' }]);
    expect(check({ trigger: { kind: 'off' }, ets })).toMatchObject([{ place: 'trigger.kind' }]);
  });
});
