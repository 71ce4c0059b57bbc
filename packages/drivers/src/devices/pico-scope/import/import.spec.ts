import { describe, expect, it } from 'vitest';
import { importScope } from './import-scope.js';
import { looseBoolean, looseNumber } from './loose-values.js';
import { readSettings, SettingsError } from './read-settings.js';

describe('numbers of older settings files', () => {
  it.each([
    ['50.E-9', 50e-9],
    ['1.', 1],
    ['1e-5', 1e-5],
    ['.5', 0.5],
    ['-0.045', -0.045],
    ['100.E+3', 1e5],
    ['1.5D-3', 1.5e-3],
    ['0,35', 0.35],
    ['1_000', 1000],
    ['010', 8],
    ['-017', -15],
    ['08', 8],
    ['1:30', 90],
    ['-1:00:30.5', -3630.5],
  ])('reads %s', (text, value) => {
    expect(looseNumber(text)?.value).toBe(value);
  });

  it.each(['', 'ten', '1e', '0x10', 'NaN', '1e999', null, []])('refuses %j', (given) => {
    expect(looseNumber(given)).toBeUndefined();
  });

  it('reads the truth values of YAML 1.1', () => {
    expect(['yes', 'Off', 'True', 0].map((given) => looseBoolean(given)?.value)).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });
});

describe('settings files', () => {
  it('are YAML with comments, JSON, or JSON with comments', () => {
    const expected = { sampleTime: 16e-6, picoChannels: ['A', 'B'], ChanColors: ['#ff0000'] };
    const yaml = '# scope\nsampleTime: 16.E-6 # s\npicoChannels: [A, B]\nChanColors: ["#ff0000"]\n';
    const json =
      '# scope\n{\n "sampleTime": 16.0E-6, # s\n\n "picoChannels": ["A","B"],\n "ChanColors": ["#ff0000"]}';
    expect(readSettings(yaml, 'a.yaml')).toEqual(expected);
    expect(readSettings(json, 'a.json')).toEqual(expected);
    expect(readSettings('', 'empty.yaml')).toEqual({});
  });

  it('keep numbers that YAML 1.1 and 1.2 read differently, take merged groups, and the last of equal keys', () => {
    const yaml =
      'a: 010\nb: &b {x: 1}\nc: {<<: *b, y: 0x10}\nd: 1:30\ne: [x, y, n]\nf: yes\nd: 2:00\n"g": !!float 3\n';
    expect(readSettings(yaml, 'a.yaml')).toMatchObject({
      a: '010',
      c: { x: 1, y: 16 },
      d: '2:00',
      e: ['x', 'y', 'n'],
      f: 'yes',
    });
  });

  it('in the older JSON have comments right behind a value, and numbers that JSON has not', () => {
    const json = '\uFEFF{\r\n\t"a": 3.E-6,# s\r\n\t"b": [1.,.5], #x\r\n\t"c": "#1" # "quoted"\r\n}';
    expect(readSettings(json, 'a.json')).toEqual({ a: 3e-6, b: [1, 0.5], c: '#1' });
  });

  it.each([
    ['a: 1\n---\nb: 2\n', /several documents: leave one.*line 2/],
    [`a: ${'['.repeat(5000)}`, /nested too deeply/],
    ['\0\u0001PNG\0', /holds no settings/],
    ['a:\n\tb: 1', /Tabs are not allowed.*line 2/],
  ])('that are none say why: %j', (text, message) => {
    expect(() => readSettings(text, 'bad.yaml')).toThrow(message);
  });

  it('that cannot be read are refused with the file and the line', () => {
    expect(() => readSettings('a: [1, 2', 'bad.yaml')).toThrow(/bad\.yaml.*line 1/);
    expect(() => readSettings('- 1\n- 2', 'list.yaml')).toThrow(SettingsError);
  });
});

describe('hostile settings files', () => {
  it.each([
    ['refers to itself', 'a: &x [*x]'],
    [
      'multiplies itself',
      'a: &a [1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c]',
    ],
    ['refers to nothing', 'a: *nope'],
    ['is nested too deeply', `{"a": ${'['.repeat(20_000)}${']'.repeat(20_000)}}`],
  ])('one that %s is refused', (_, text) => {
    expect(() => readSettings(text, 'bad.yaml')).toThrow(SettingsError);
  });

  it('never make the import throw, nor give more than a configuration holds', () => {
    for (const picoChannels of [[], Array.from({ length: 20 }, () => 'A'), ['x'.repeat(50)]]) {
      const { config, findings } = importScope({
        picoChannels,
        ChanRanges: [1],
        ChanColors: ['y'.repeat(99)],
      });
      expect(findings.filter(({ severity }) => severity === 'error').length).toBeGreaterThan(0);
      expect([config.channels.length >= 1, config.channels.length <= 8]).toEqual([true, true]);
    }
    const names = { trgTyp: 'constructor', swpSG: 'toString', trgChan: 'valueOf', trgActive: 'constructor' };
    const { config, findings } = importScope({ ...names, frqSG: 1e308 });
    expect(config.trigger).toMatchObject({ kind: 'simple', direction: 'rising', channel: 'valueOf' });
    expect(config.generator).toMatchObject({ sweep: 'up-down', stopFrequencyHz: Number.MAX_VALUE });
    expect(findings.map(({ place }) => place)).toEqual(
      expect.arrayContaining(['trigger.direction', 'trigger.channel', 'generator.sweep']),
    );
  });
});

describe('an imported configuration', () => {
  it('has the defaults of the old programs, which differ', () => {
    expect(importScope({}).config).toMatchObject({
      family: '2000a',
      recordS: 10e-6,
      samples: 200,
      trigger: { thresholdV: 0.015, timeoutMs: 1000 },
      generator: { on: true, frequencyHz: 100e3, stopFrequencyHz: 900e3 },
    });
    expect(importScope({}, 'picocosmo').config).toMatchObject({
      trigger: { timeoutMs: 5000 },
      generator: { on: false },
    });
  });

  it('accounts for every key of the file', () => {
    const { lines } = importScope({
      sampleTime: '1e-5',
      Nsamples: 300,
      verbose: 0,
      wrong: 1,
      trgTyp: 'Sideways',
    });
    const outcome = Object.fromEntries(
      lines.filter((line) => line.outcome !== 'missing').map((line) => [line.key, line.outcome]),
    );
    expect(outcome).toEqual({
      sampleTime: 'changed',
      Nsamples: 'taken',
      verbose: 'ignored',
      wrong: 'ignored',
      trgTyp: 'refused',
    });
  });

  it('reports lists that are too short and values that no device takes', () => {
    const { findings } = importScope({ picoChannels: ['A', 'B'], ChanRanges: [0.2], trgTO: 90_000 });
    expect(findings.map(({ place }) => place)).toEqual(['channels.1.rangeV', 'trigger.timeoutMs']);
  });

  it('tells of each key once, and of a value that is none as an error at its place', () => {
    const { lines, findings } = importScope({
      picoChannels: ['A'],
      ChanRanges: ['0,5', 0.2, 0.1],
      sampleTime: 'long',
      trgTO: '0500',
    });
    const told = lines.filter(({ outcome }) => outcome !== 'missing');
    expect(told.map(({ key }) => key).sort()).toEqual(['ChanRanges', 'picoChannels', 'sampleTime', 'trgTO']);
    expect(told.find(({ key }) => key === 'ChanRanges')).toMatchObject({
      outcome: 'changed',
      message: expect.stringMatching(
        /"0,5" is read as the number 0\.5; \[0\.5\]: the last 2 entries/,
      ) as string,
    });
    expect(told.find(({ key }) => key === 'trgTO')?.message).toMatch(/320: octal/);
    expect(findings).toMatchObject([{ place: 'recordS', severity: 'error' }]);
  });

  it('says that a file is of something else', () => {
    const { findings } = importScope({ NBuffers: 16, BMmodules: ['mpOsci'] });
    expect(findings[0]).toMatchObject({
      place: '',
      severity: 'error',
      problem: expect.stringMatching(/^none of the keys/) as string,
    });
    expect(importScope({}).findings).toEqual([]);
    const { lines } = importScope({ DAQModule: 'PSConfig', ChanAverages: ['rms'] });
    expect(lines.find(({ key }) => key === 'DAQModule')?.outcome).toBe('taken');
  });

  it('warns of a level and a channel that cannot be even where the trigger is off', () => {
    const { lines, findings } = importScope({ picoChannels: ['A'], trgActive: false, trgThr: 3 });
    expect(findings).toMatchObject([{ place: 'trigger.thresholdV', severity: 'warning' }]);
    expect(lines.find(({ key }) => key === 'trgThr')).toMatchObject({ outcome: 'changed' });
    const other = importScope({ picoChannels: ['A'], ChanRanges: [1], trgActive: false, trgChan: 'E' });
    expect(other.findings).toMatchObject([{ place: 'trigger.channel', severity: 'warning' }]);
  });
});
