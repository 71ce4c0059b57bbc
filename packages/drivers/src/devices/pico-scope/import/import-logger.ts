import { dataLoggerConsumer } from '../../../core/consumers/builtin/data-logger.consumer.js';
import { DriverError } from '../../../core/errors.js';
import type { Finding } from '../settings/finding.js';
import { type ImportLine, ImportReport } from './import-report.js';
import { looseNumber, looseText } from './loose-values.js';
import type { OriginalChannel } from './original-channels.js';
import type { Settings } from './read-settings.js';

/** A data logger out of PhyPiDAQ's top file. */
export interface ImportedLogger {
  /** Settings of the consumer `data-logger`; may still have findings. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Lamps of the detector, when the file has some. */
  readonly lamps?: { readonly runPin?: number; readonly readoutPin?: number };
  readonly lines: readonly ImportLine[];
  readonly findings: readonly Finding[];
}

/** Keys by which PhyPiDAQ's top file is known. */
export const loggerKeys = [
  'Interval',
  'ChanCalib',
  'ChanFormula',
  'DataFile',
  'DAQfifo',
  'DisplayModule',
  'NHistoryPoints',
  'bufferData',
  'startActive',
  'RunLED',
  'ReadoutLED',
];

/** Keys of PhyPiDAQ's top file that say how its displays look. */
export const displayKeys = [
  'DisplayModule',
  'NHistoryPoints',
  'XYmode',
  'xyPlots',
  'Chan2Axes',
  'Title',
  'ChanColors',
  'ChanLimits',
  'bufferData',
];

/** What is known of the device that is logged. */
export interface LoggedDevice {
  /** Where the channels `c0`, `c1`, … are here, when that is elsewhere. */
  readonly originals?: readonly OriginalChannel[] | undefined;
  /** How many channels there were. */
  readonly channels?: number | undefined;
}

/** Further keys of the logger. */
const channelKeys = ['ChanNams', 'ChanLabels', 'ChanUnits', 'CSVseparator', 'DAQwebsocket', 'DAQCntrl'];

/** Where the value of a key is in the configuration. */
const places: Readonly<Record<string, string>> = {
  Interval: 'intervalS',
  ChanNams: 'names',
  ChanLabels: 'labels',
  ChanUnits: 'units',
  CSVseparator: 'separator',
  DAQfifo: 'pipe',
};

/**
 * Turns the logging settings of PhyPiDAQ's top file into those of the consumer `data-logger`. Formulas are expressions of
 * this program's own language: one that it does not know is a finding. Never throws.
 */
export function importLogger(
  settings: Settings,
  averages: readonly string[],
  { originals, channels }: LoggedDevice = {},
): ImportedLogger {
  const report = new ImportReport(settings, places);
  const interval = report.number('Interval', 0.5);
  if (interval < 0.05) report.tell('Interval', 'changed', 'raised to 0.05 s, as there');
  const config: Record<string, unknown> = { intervalS: Math.max(0.05, interval) };
  if (averages.length > 0) config['averages'] = averages;
  if (report.has('ChanCalib')) config['calibration'] = calibrations(report, settings['ChanCalib'], channels);
  if (report.has('ChanFormula')) config['formulas'] = formulas(report, settings['ChanFormula']);
  for (const [key, wanted] of [
    ['ChanNams', 'names'],
    ['ChanLabels', 'labels'],
    ['ChanUnits', 'units'],
  ] as const)
    if (report.has(key)) config[wanted] = report.texts(key, []);
  if (originals !== undefined) atTheirPlaces(config, originals, report);
  config['file'] = report.has('DataFile') ? 'logger.csv' : null;
  if (report.has('DataFile')) report.tell('DataFile', 'changed', 'logger.csv, in the folder of the run');
  else report.tell('DataFile', 'DataFile' in settings ? 'taken' : 'missing', 'no such file');
  const separator = report.has('CSVseparator') ? report.text('CSVseparator', ',') : ',';
  if (separator !== ',') config['separator'] = separator;
  if (report.has('DAQfifo')) {
    config['pipe'] = report.text('DAQfifo', '');
    report.tell('DAQfifo', 'changed', 'the named pipe has to exist: make it with mkfifo');
  }
  if (report.has('DAQwebsocket'))
    report.tell(
      'DAQwebsocket',
      'ignored',
      'values are sent to every browser and program that asks the server',
    );
  for (const key of [...loggerKeys, ...channelKeys])
    if (key in settings && !report.has(key)) report.tell(key, 'taken', 'nothing');
  if (report.has('startActive') || report.has('DAQCntrl'))
    for (const key of ['startActive', 'DAQCntrl'])
      if (report.has(key)) report.tell(key, 'ignored', 'a run begins when somebody begins it');
  for (const key of displayKeys)
    if (report.has(key)) report.tell(key, 'ignored', 'displays are panels of the bench');
  const lamps = lampsOf(report);
  return {
    config,
    ...(lamps === undefined ? {} : { lamps }),
    lines: report.lines,
    findings: [...report.faults, ...faultsOf(config)],
  };
}

/** Lays calibrations, formulas, names and units out anew where sensors have other channels here. */
function atTheirPlaces(
  config: Record<string, unknown>,
  originals: readonly OriginalChannel[],
  report: ImportReport,
): void {
  const { calibration, formulas: given, names = [], units = [] } = config as Record<string, unknown[]>;
  if (calibration !== undefined) {
    const laid: unknown[] = Array.from(
      { length: Math.max(...originals.map(({ place }) => place)) + 1 },
      () => null,
    );
    originals.forEach(({ place }, index) => {
      laid[place] = calibration[index] ?? null;
    });
    config['calibration'] = laid;
  }
  const renumbered = (text: string): string =>
    text.replaceAll(/\bc(\d+)\b/g, (whole, number: string) => {
      const channel = originals[Number(number)];
      return channel === undefined ? whole : `c${channel.place}`;
    });
  config['formulas'] =
    given?.map((text) => renumbered(String(text))) ?? originals.map(({ place }) => `c${place}`);
  if (given === undefined) {
    config['names'] = originals.map(({ name }, index) => names[index] ?? name);
    config['units'] = originals.map(({ unit }, index) => units[index] ?? unit);
  }
  const where = originals.map(({ place }, index) => `c${index} is c${place}`).join(', ');
  report.tell('ChanFormula', 'changed', `sensors have more channels here: ${where}`);
}

function lampsOf(report: ImportReport): ImportedLogger['lamps'] {
  const keys = { runPin: 'RunLED', readoutPin: 'ReadoutLED' };
  const pins = Object.entries(keys).filter(([, key]) => report.has(key));
  if (pins.length === 0) return undefined;
  return Object.fromEntries(pins.map(([pin, key]) => [pin, Math.round(report.number(key, 0))]));
}

function calibrations(report: ImportReport, given: unknown, channels: number | undefined): unknown[] {
  const list: unknown[] = Array.isArray(given) ? given : [given];
  const number = (value: unknown): unknown => looseNumber(value)?.value ?? value;
  const side = (value: unknown): unknown =>
    Array.isArray(value) ? (value as readonly unknown[]).map(number) : value;
  const one = (entry: unknown): unknown => {
    if (entry === null) return null;
    if (!Array.isArray(entry)) return number(entry);
    const [wanted, raw] = entry as readonly unknown[];
    return { true: side(wanted), raw: side(raw) };
  };
  const used = list.slice(0, channels);
  const count = `${used.length} ${used.length === 1 ? 'entry' : 'entries'}`;
  if (used.length === list.length) report.tell('ChanCalib', 'taken', count);
  else report.tell('ChanCalib', 'changed', `${count}: there are no more channels`);
  return used.map(one);
}

function formulas(report: ImportReport, given: unknown): string[] {
  const list: unknown[] = Array.isArray(given) ? given : [given];
  const texts = list.map((entry, index) =>
    entry === null ? `c${index}` : (looseText(entry)?.value ?? JSON.stringify(entry)),
  );
  report.tell('ChanFormula', 'taken', texts.join('; '));
  return texts;
}

function faultsOf(config: object): Finding[] {
  try {
    dataLoggerConsumer.parse(config);
    return [];
  } catch (thrown) {
    if (!(thrown instanceof DriverError)) throw thrown;
    const remedy = 'give what the data logger asks for';
    return [{ place: thrown.place, severity: 'error', problem: thrown.message, remedy }];
  }
}
