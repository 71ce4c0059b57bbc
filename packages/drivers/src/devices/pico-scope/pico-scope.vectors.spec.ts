import { describe, expect, it } from 'vitest';
import { type JsonFile, jsonFiles } from '../../testing/test-data.js';
import { importScope } from './import/import-scope.js';
import type { Settings } from './import/read-settings.js';
import { directionCodes, sweepCodes, waveCode } from './sdk/codes.js';
import { overheadS } from './settings/announced.js';
import { chooseRange, externalScale, legacyFullScale, toCounts, toVolts } from './settings/conversion.js';
import { type FamilyName, families, familyNames, rangeVolts } from './settings/families.js';
import { modelFacts, usableRanges } from './settings/models.js';
import { resolvePicoScope } from './settings/resolve.js';
import { intervalOf, resolveTimeBase } from './settings/time-base.js';

const files = jsonFiles(process.env['COUNTROOM_TEST_DATA'] ?? '../shared/data', 'picodaq/vectors');

type Of<T> = JsonFile & { readonly content: T };

it.skipIf(files.length > 0)('is skipped: there are no test data', (context) => context.skip());

interface TimeBaseCase {
  readonly driver: string;
  readonly model: string;
  readonly Nsamples: number;
  readonly sampleTime: number;
  readonly requested_interval_s: number;
  readonly timebase: number;
  readonly interval_s: number;
  readonly actual_Nsamples: number;
}

interface TimeBases {
  readonly cases: readonly TimeBaseCase[];
  readonly timebase_to_interval: readonly Pick<
    TimeBaseCase,
    'driver' | 'model' | 'timebase' | 'interval_s'
  >[];
}

function familyOf(driver: string): FamilyName {
  return familyNames.find((name) => `ps${name}` === driver)!;
}

const timeBases = files.filter((file): file is Of<TimeBases> => 'timebase_to_interval' in file.content);
describe.each(timeBases)('time bases of $name (test data)', ({ content }) => {
  it.each(content.cases)('$driver $model: $Nsamples samples in $sampleTime s', (expected) => {
    const { timeBase } = modelFacts(familyOf(expected.driver), expected.model);
    const found = resolveTimeBase(timeBase, expected.sampleTime, expected.Nsamples);
    expect([found.timeBase, found.samples]).toEqual([expected.timebase, expected.actual_Nsamples]);
    expect(found.intervalS / expected.interval_s).toBeCloseTo(1, 12);
    expect(found.requestedIntervalS / expected.requested_interval_s).toBeCloseTo(1, 12);
  });

  it.each(content.timebase_to_interval)('$driver $model: interval of $timebase', (expected) => {
    const { timeBase } = modelFacts(familyOf(expected.driver), expected.model);
    expect(intervalOf(timeBase, expected.timebase) / expected.interval_s).toBeCloseTo(1, 12);
  });
});

interface RangeCase {
  readonly requested_V: number;
  readonly chosen_V?: number;
  readonly api_range?: number;
}

interface TriggerCase {
  readonly range_V: number;
  readonly offset_V: number;
  readonly threshold_V: number;
  readonly threshold_adc?: number;
  readonly full_scale_adc?: number;
  readonly direction: string;
  readonly direction_code?: number;
}

interface RawCase {
  readonly range_V: number;
  readonly offset_V: number;
  readonly raw: readonly number[];
  readonly volts_reference: readonly number[];
  readonly full_scale_adc: number;
  readonly volts_fullscale_32512?: readonly number[];
}

type Conversion = Readonly<Record<string, readonly unknown[]>> & {
  readonly trigger: readonly TriggerCase[];
  readonly raw_to_volts: readonly RawCase[];
};

/** The reference offers ranges that the hardware lacks; the search itself is the same. */
const referenceRanges: Readonly<Record<string, readonly [number, number]>> = {
  ps2000: [1, 10],
  ps4000: [1, 11],
  ps4000a: [1, 11],
};
const conversions = files.filter((file): file is Of<Conversion> => 'raw_to_volts' in file.content);
describe.each(conversions)('conversion of $name (test data)', ({ content }) => {
  const searches = Object.keys(content).filter((key) => key.startsWith('range_selection_'));
  it.each(searches)('%s', (search) => {
    const [, family = ''] = /^range_selection_(ps[^_]+)/.exec(search) ?? [];
    const [low, high] = referenceRanges[family] ?? [0, 11];
    const ranges = rangeVolts.slice(low, high + 1).map((volts, index) => ({ code: low + index, volts }));
    for (const { requested_V, chosen_V, api_range } of content[search] as readonly RangeCase[]) {
      const expected = chosen_V === undefined ? undefined : { code: api_range, volts: chosen_V };
      expect(chooseRange(requested_V, ranges), `${requested_V} V`).toEqual(expected);
    }
  });

  it('thresholds in counts', () => {
    for (const {
      range_V,
      offset_V,
      threshold_V,
      threshold_adc,
      full_scale_adc,
      ...rest
    } of content.trigger) {
      const counts = toCounts(threshold_V, range_V, full_scale_adc ?? legacyFullScale, offset_V);
      if (threshold_adc === undefined) expect(Math.abs(counts)).toBeGreaterThan(legacyFullScale);
      else {
        expect(Math.abs(counts - threshold_adc)).toBe(0);
        expect(directionCodes[importedDirection(rest.direction)]).toBe(rest.direction_code);
      }
    }
  });

  it('raw values in volts, with the old and the true scale', () => {
    for (const { range_V, offset_V, raw, full_scale_adc, ...expected } of content.raw_to_volts) {
      const close = (scale: number, values: readonly number[]): void =>
        raw.forEach((value, index) => {
          const volts = toVolts(value, range_V, scale, offset_V);
          expect(Math.abs(volts - values[index]!)).toBeLessThanOrEqual(
            1e-6 * Math.max(range_V, Math.abs(volts)),
          );
        });
      close(full_scale_adc, expected.volts_reference);
      if (expected.volts_fullscale_32512 !== undefined) close(32_512, expected.volts_fullscale_32512);
    }
  });
});

function importedDirection(trgTyp: string): keyof typeof directionCodes {
  return importScope({ trgTyp }).config.trigger.direction;
}

interface ConfigCase {
  readonly config: Settings;
  readonly model: string;
  readonly resolved?: Readonly<Record<string, unknown>>;
  readonly device?: {
    readonly TSampling: number;
    readonly NSamples: number;
    readonly CRanges: readonly number[];
    readonly toverhead: number;
    readonly timebase: number;
  };
  readonly driver_calls: readonly (readonly [string, ...number[]])[];
  readonly error?: string;
}

const isConfigForm = (value: Readonly<Record<string, unknown>>): boolean =>
  Array.isArray(value['cases']) && 'driver_calls' in ((value['cases'] as readonly object[])[0] ?? {});
const configs = files.filter((file): file is Of<{ readonly cases: readonly ConfigCase[] }> =>
  isConfigForm(file.content),
);
describe.each(configs)('configurations of $name (test data)', ({ content }) => {
  const good = content.cases.filter(({ error }) => error === undefined);
  it.each(good)('$config on $model', ({ config: given, model, resolved, device, driver_calls }) => {
    const { config, findings, lines } = importScope(given);
    expect(lines.filter(({ outcome }) => outcome === 'refused')).toEqual([]);
    // The reference sets up a device of this model, whatever the configuration says.
    const family = familyOfModel(model);
    const settings = resolvePicoScope({ ...config, family, legacyScale: true }, model);
    const { CRanges, ...sampling } = device!;
    expect({
      TSampling: settings.timeBase.intervalS,
      NSamples: settings.timeBase.samples,
      toverhead: overheadS(settings.channels.length),
      timebase: settings.timeBase.timeBase,
    }).toEqual({
      ...sampling,
      TSampling: expect.closeTo(sampling.TSampling, 18) as number,
      toverhead: expect.closeTo(sampling.toverhead, 12) as number,
    });
    // It also asks for what the device then refuses: ranges and levels that it does not have, a trigger that is not read.
    const usable = usableRanges(settings.model).map(({ volts }) => volts);
    const inputs = [...settings.channels.map(({ name }) => name), ...families[family].triggerInputs];
    const possible = findings.every(({ severity }) => severity !== 'error');
    if (
      possible &&
      CRanges.every((volts) => usable.includes(volts)) &&
      inputs.includes(config.trigger.channel)
    ) {
      expect(settings.channels.map(({ range }) => range.volts)).toEqual(CRanges);
      expect(callsOf(config, settings)).toEqual(
        driver_calls.map(([name, ...numbers]) => [
          name,
          ...numbers.map((value) => expect.closeTo(value, 9) as number),
        ]),
      );
    }
    const { trigger, generator } = config;
    expect({
      PSmodel: config.family,
      picoChannels: config.channels.map(({ name }) => name),
      ChanRanges: config.channels.map(({ rangeV }) => rangeV),
      ChanOffsets: config.channels.map(({ offsetV }) => offsetV),
      ChanModes: config.channels.map(({ coupling }) => coupling),
      Nsamples: config.samples,
      sampleTime: config.recordS,
      pretrig: config.preTrigger,
      trgChan: trigger.channel,
      trgThr: trigger.thresholdV,
      trgDelay: trigger.delaySamples,
      trgActive: trigger.kind === 'simple',
      trgTO: trigger.timeoutMs,
      frqSG: generator.frequencyHz,
      PkToPkSG: generator.peakToPeakV,
      stopFreqSG: generator.stopFrequencyHz,
      dwellTimeSG: generator.dwellS,
      offsetVoltageSG: generator.offsetV,
    }).toMatchObject(
      pick(
        {
          ...resolved,
          trgActive: Boolean(resolved!['trgActive']),
          trgChan: inputNames[String(resolved!['trgChan'])] ?? resolved!['trgChan'],
        },
        [
          'PSmodel',
          'picoChannels',
          'Nsamples',
          'sampleTime',
          'pretrig',
          'trgChan',
          'trgThr',
          'trgDelay',
          'trgActive',
          'trgTO',
          'frqSG',
          'PkToPkSG',
          'stopFreqSG',
          'dwellTimeSG',
          'offsetVoltageSG',
        ],
      ),
    );
  });

  const bad = content.cases.filter(({ error }) => error !== undefined);
  it.each(bad)(
    'says what is wrong where the reference ends: $config ($error)',
    ({ config: given, error }) => {
      const { lines, findings } = importScope(given);
      const told = [
        ...findings.filter(({ severity }) => severity === 'error').map(({ place }) => place),
        ...lines.filter(({ outcome }) => outcome !== 'taken' && outcome !== 'missing').map(({ key }) => key),
      ];
      expect(told.length, error).toBeGreaterThan(0);
      // The level that is taken when none is given can be outside as well.
      const asked = error!.startsWith('OSError')
        ? [...Object.keys(given), 'trgThr', 'trgChan']
        : Object.keys(given);
      const keys = asked.flatMap((key) => [key, ...(placeOf[key] ?? [])]);
      expect(
        told.some((place) => keys.some((key) => place.includes(key))),
        told.join(),
      ).toBe(true);
    },
  );
});

/** Where a finding about an imported key is reported. */
const placeOf: Readonly<Record<string, readonly string[]>> = {
  PSmodel: ['family'],
  picoChannels: ['name', 'channels'],
  ChanRanges: ['rangeV'],
  ChanOffsets: ['offsetV'],
  ChanModes: ['coupling'],
  sampleTime: ['recordS'],
  Nsamples: ['samples'],
  pretrig: ['preTrigger'],
  trgChan: ['trigger.channel'],
  trgThr: ['trigger.thresholdV'],
  trgTyp: ['trigger.direction'],
  trgTO: ['trigger.timeoutMs'],
  trgDelay: ['trigger.delaySamples'],
  frqSG: ['generator'],
  waveTypeSG: ['generator.shape'],
  swpSG: ['generator.sweep'],
};

const inputNames: Readonly<Record<string, string>> = {
  External: 'external',
  EXT: 'external',
  TriggerAux: 'aux',
};

/** Numbers of old models of the family 2000 were given again to newer ones. */
function familyOfModel(model: string): FamilyName {
  return (
    familyNames.filter((name) => name !== '2000').find((name) => modelFacts(name, model).known) ?? '2000'
  );
}

function pick(all: Readonly<Record<string, unknown>>, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(keys.map((key) => [key, all[key]]));
}

function callsOf(
  config: ReturnType<typeof importScope>['config'],
  settings: ReturnType<typeof resolvePicoScope>,
): (readonly (string | number)[])[] {
  const { trigger, generator } = config;
  const source = settings.channels.find(({ name }) => name === trigger.channel);
  const level =
    source === undefined
      ? toCounts(settings.thresholdV, externalScale.volts, externalScale.counts, 0)
      : toCounts(settings.thresholdV, source.range.volts, settings.fullScale, source.offsetV);
  const input = source?.index ?? (trigger.channel === 'aux' ? 5 : 4);
  const set = settings.channels.map(({ index, dc, range, offsetV }) => [
    'setChannel(ch,enabled,coupling,range,offset,bw)',
    index,
    1,
    dc ? 1 : 0,
    range.code,
    offsetV,
    0,
  ]);
  const fire = [
    'setSimpleTrigger(enabled,source,threshold_adc,direction,delay,auto_ms)',
    trigger.kind === 'simple' ? 1 : 0,
    input,
    level,
    directionCodes[trigger.direction],
    trigger.delaySamples,
    trigger.timeoutMs,
  ];
  const wave = [
    'setSigGenBuiltIn(offset,pkToPk,wave,freq,shots,trigType,trigSource,stopFreq,increment,dwell,sweep,sweeps)',
    generator.offsetV,
    generator.peakToPeakV,
    // The reference knows white noise as a shape; the device has another argument for it.
    generator.shape === 'white-noise' ? 9 : waveCode(families['2000a'].family, generator.shape),
    generator.frequencyHz,
    1,
    0,
    0,
    generator.stopFrequencyHz ?? generator.frequencyHz,
    generator.stepHz,
    generator.dwellS ?? 0,
    sweepCodes[generator.sweep],
    0,
  ];
  return [...set, fire, ...(generator.on ? [wave] : [])];
}
