import { type PicoScopeConfig, picoScopeShape } from '../pico-scope.config.js';
import { type FamilyName, familyNames } from '../settings/families.js';
import type { Finding } from '../settings/finding.js';
import { waveShapes } from '../settings/generator.config.js';
import { previewPicoScope } from '../settings/preview.js';
import { type TriggerDirection, triggerConfig } from '../settings/trigger.config.js';
import { type ImportLine, ImportReport } from './import-report.js';
import type { Settings } from './read-settings.js';

/** An imported scope configuration. */
export interface ImportedScope {
  /** The configuration; may still have findings. */
  readonly config: PicoScopeConfig;
  /** What became of every key. */
  readonly lines: readonly ImportLine[];
  /** What has to be mended before it can be used. */
  readonly findings: readonly Finding[];
}

/** Programs whose defaults differ. */
export type ScopeDialect = 'picodaq' | 'picocosmo';

const directions: Readonly<Record<string, TriggerDirection>> = {
  Rising: 'rising',
  Falling: 'falling',
  Above: 'above',
  Below: 'below',
  RiseOrFall: 'rising-or-falling',
};

const shapes = [
  'Sine',
  'Square',
  'Triangle',
  'RampUp',
  'RampDown',
  'Sinc',
  'Gaussian',
  'HalfSine',
  'DCVoltage',
  'WhiteNoise',
];

const sweeps: Readonly<Record<string, PicoScopeConfig['generator']['sweep']>> = {
  Up: 'up',
  Down: 'down',
  UpDown: 'up-down',
  DownUp: 'down-up',
};

const mostChannels = 8;

/** Where the value of a key is in the configuration. */
const places: Readonly<Record<string, string>> = {
  PSmodel: 'family',
  picoChannels: 'channels',
  ChanRanges: 'channels.0.rangeV',
  ChanOffsets: 'channels.0.offsetV',
  ChanModes: 'channels.0.coupling',
  ChanColors: 'channels.0.colour',
  sampleTime: 'recordS',
  Nsamples: 'samples',
  pretrig: 'preTrigger',
  trgChan: 'trigger.channel',
  trgThr: 'trigger.thresholdV',
  trgTyp: 'trigger.direction',
  trgDelay: 'trigger.delaySamples',
  trgTO: 'trigger.timeoutMs',
  trgActive: 'trigger.kind',
  frqSG: 'generator.frequencyHz',
  waveTypeSG: 'generator.shape',
  PkToPkSG: 'generator.peakToPeakV',
  offsetVoltageSG: 'generator.offsetV',
  swpSG: 'generator.sweep',
  stopFreqSG: 'generator.stopFrequencyHz',
  dwellTimeSG: 'generator.dwellS',
};

const colours = ['darkblue', 'darkslategrey', 'darkred', 'darkgreen'];

/**
 * Turns the scope settings of picoDAQ, picoCosmo or PhyPiDAQ into a configuration: the same defaults, every key
 * accounted for. Never throws for a bad value: that becomes a line and a finding.
 */
export function importScope(settings: Settings, dialect: ScopeDialect = 'picodaq'): ImportedScope {
  const report = new ImportReport(settings, places);
  const { faults } = report;
  if (isOther(settings))
    faults.push({
      place: '',
      severity: 'error',
      problem: 'none of the keys in the file is of a scope: every value is a default',
      remedy: 'take the file with the settings of the scope, or import the whole set from its top file',
    });
  const family = readFamily(report, faults);
  const channels = readChannels(report, faults);
  const config: PicoScopeConfig = {
    ...picoScopeShape.parse({ family }),
    channels,
    recordS: report.number('sampleTime', 10e-6),
    samples: report.number('Nsamples', 200),
    preTrigger: family === '2000' ? 0 : report.number('pretrig', 0.05),
    trigger: readTrigger(report, channels, faults, dialect),
    generator: readGenerator(report, faults, dialect),
  };
  if (family === '2000' && report.has('pretrig'))
    report.tell('pretrig', 'changed', 'the family 2000 keeps no samples before the trigger: 0');
  for (const key of ['verbose', 'mode'])
    if (report.has(key)) report.tell(key, 'ignored', 'there is no such setting here: everything is logged');
  if (report.has('ChanAverages'))
    report.tell(
      'ChanAverages',
      'ignored',
      'means and effective values are shown by the voltmeter and the data logger',
    );
  if (report.has('DAQModule')) report.tell('DAQModule', 'taken', 'a scope');
  report.finish(() => 'no program knew this key either');
  const unused = config.trigger.kind === 'off' ? unusedTrigger(config, report) : [];
  return {
    config,
    lines: report.lines,
    findings: [...faults, ...unused, ...previewPicoScope(config).findings],
  };
}

/** The old programs set the trigger up even where it was off, and ended at a level or a channel that cannot be. */
function unusedTrigger(config: PicoScopeConfig, report: ImportReport): Finding[] {
  const keys: Readonly<Record<string, string>> = {
    'trigger.thresholdV': 'trgThr',
    'trigger.channel': 'trgChan',
  };
  const { findings } = previewPicoScope({ ...config, trigger: { ...config.trigger, kind: 'simple' } });
  return findings.flatMap((finding): Finding[] => {
    const key = keys[finding.place];
    if (key === undefined) return [];
    const problem = `${finding.problem}; it is not used, as the trigger is off`;
    report.tell(key, 'changed', problem);
    return [{ ...finding, severity: 'warning', problem }];
  });
}

/** Whether a file has keys, but none of a scope. */
function isOther(settings: Settings): boolean {
  const keys = Object.keys(settings);
  return keys.length > 0 && !keys.some((key) => Object.hasOwn(places, key) || key === 'ChanAverages');
}

function readFamily(report: ImportReport, faults: Finding[]): FamilyName {
  const given = report.text('PSmodel', '2000a').trim();
  const family = familyNames.find((name) => name === given.toLowerCase());
  if (family !== undefined) return family;
  refuse(report, faults, 'PSmodel', {
    place: 'family',
    problem: `there is no driver for PSmodel ${given}`,
    known: familyNames,
    nearest: '2000a',
  });
  return '2000a';
}

function readChannels(report: ImportReport, faults: Finding[]): PicoScopeConfig['channels'] {
  const names = readNames(report, faults);
  const missing = (value: number | string): (number | string)[] => names.map(() => value);
  const ranges = report.numbers('ChanRanges', [0.03, 0.35]);
  const offsets = report.numbers('ChanOffsets', missing(0) as number[]);
  const modes = report.texts('ChanModes', missing('AC') as string[]);
  const chosen = report.texts('ChanColors', colours);
  const lists = { ChanRanges: ranges, ChanOffsets: offsets, ChanModes: modes };
  const fields = { ChanRanges: 'rangeV', ChanOffsets: 'offsetV', ChanModes: 'coupling' };
  for (const [key, list] of Object.entries(lists)) {
    for (let index = list.length; index < names.length; index++) {
      const place = `channels.${index}.${fields[key as keyof typeof fields]}`;
      const message = `${key} has ${list.length} entries for ${names.length} channels`;
      faults.push({
        place,
        severity: 'error',
        problem: message,
        remedy: `add one for channel ${names[index] ?? ''}`,
      });
      report.tell(key, 'refused', message);
    }
    const more = list.length - names.length;
    if (more > 0 && report.has(key))
      report.tell(
        key,
        'changed',
        `${JSON.stringify(list.slice(0, names.length))}: ${more === 1 ? 'the last entry belongs' : `the last ${more} entries belong`} to no channel`,
      );
  }
  return names.map((name, index) => {
    const mode = modes[index] ?? 'AC';
    if (mode !== 'AC' && mode !== 'DC')
      refuse(report, faults, 'ChanModes', {
        place: `channels.${index}.coupling`,
        problem: `there is no coupling ${mode}`,
        known: ['AC', 'DC'],
        nearest: 'DC',
      });
    return {
      name,
      rangeV: ranges[index] ?? ranges.at(-1) ?? 0.5,
      offsetV: offsets[index] ?? 0,
      coupling: mode.startsWith('DC') ? 'DC' : 'AC',
      colour: chosen[index] ?? '',
    };
  });
}

/** Names of the channels: at least one, and no more than any scope has. */
function readNames(report: ImportReport, faults: Finding[]): readonly string[] {
  const names = report.texts('picoChannels', ['A', 'B']);
  if (names.length >= 1 && names.length <= mostChannels) return names;
  const problem = `picoChannels names ${names.length} channels`;
  report.tell('picoChannels', 'refused', problem);
  const remedy = `name 1 to ${mostChannels}`;
  faults.push({ place: 'channels', severity: 'error', problem, remedy });
  return names.length === 0 ? ['A'] : names.slice(0, mostChannels);
}

function readTrigger(
  report: ImportReport,
  channels: PicoScopeConfig['channels'],
  faults: Finding[],
  dialect: ScopeDialect,
): PicoScopeConfig['trigger'] {
  const channel = report.text('trgChan', 'A');
  const inputs: Readonly<Record<string, string>> = {
    External: 'external',
    EXT: 'external',
    TriggerAux: 'aux',
  };
  const typ = report.text('trgTyp', 'Rising');
  const direction = Object.hasOwn(directions, typ) ? directions[typ] : undefined;
  if (direction === undefined)
    refuse(report, faults, 'trgTyp', {
      place: 'trigger.direction',
      problem: `there is no trigger ${typ}`,
      known: Object.keys(directions),
      nearest: 'Rising',
    });
  return {
    ...triggerConfig.parse({}),
    kind: report.boolean('trgActive', true) ? 'simple' : 'off',
    channel: Object.hasOwn(inputs, channel) ? inputs[channel]! : channel,
    thresholdV: report.number('trgThr', 0.5 * (channels[0]?.rangeV ?? 0)),
    direction: direction ?? 'rising',
    delaySamples: report.number('trgDelay', 0),
    timeoutMs: report.number('trgTO', dialect === 'picocosmo' ? 5000 : 1000),
  };
}

function readGenerator(
  report: ImportReport,
  faults: Finding[],
  dialect: ScopeDialect,
): PicoScopeConfig['generator'] {
  const frequencyHz = report.number('frqSG', dialect === 'picocosmo' ? 0 : 100e3);
  const on = frequencyHz !== 0;
  const shape = report.text('waveTypeSG', 'Sine');
  const sweep = report.text('swpSG', 'UpDown');
  if (on && !shapes.includes(shape))
    refuse(report, faults, 'waveTypeSG', {
      place: 'generator.shape',
      problem: `the generator makes no ${shape}`,
      known: shapes,
      nearest: 'Sine',
    });
  const direction = Object.hasOwn(sweeps, sweep) ? sweeps[sweep] : undefined;
  if (on && direction === undefined)
    refuse(report, faults, 'swpSG', {
      place: 'generator.sweep',
      problem: `there is no sweep ${sweep}`,
      known: Object.keys(sweeps),
      nearest: 'UpDown',
    });
  return {
    on,
    shape: waveShapes[Math.max(0, shapes.indexOf(shape))]!,
    points: [],
    frequencyHz,
    stopFrequencyHz: report.number('stopFreqSG', finite(frequencyHz * 9)),
    stepHz: 10,
    dwellS: report.number('dwellTimeSG', frequencyHz === 0 ? 0 : finite(10 / frequencyHz)),
    sweep: direction ?? 'up-down',
    peakToPeakV: report.number('PkToPkSG', 0.4),
    offsetV: report.number('offsetVoltageSG', 0),
  };
}

function refuse(
  report: ImportReport,
  faults: Finding[],
  key: string,
  fault: { place: string; problem: string; known: readonly string[]; nearest: string },
): void {
  const { place, problem, known, nearest } = fault;
  report.tell(key, 'refused', problem);
  faults.push({ place, severity: 'error', problem, remedy: `take one of ${known.join(', ')}`, nearest });
}

function finite(value: number): number {
  return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value));
}
