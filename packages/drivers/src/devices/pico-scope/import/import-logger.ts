import { dataLoggerConsumer } from '../../../core/consumers/builtin/data-logger.consumer.js';
import { DriverError } from '../../../core/errors.js';
import type { Finding } from '../settings/finding.js';
import { type ImportLine, ImportReport } from './import-report.js';
import { looseNumber, looseText } from './loose-values.js';
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

/**
 * Turns the logging settings of PhyPiDAQ's top file into those of the consumer `data-logger`. Formulas are expressions of
 * this program's own language: one that it does not know is a finding. Never throws.
 */
export function importLogger(settings: Settings, averages: readonly string[]): ImportedLogger {
  const report = new ImportReport(settings);
  const interval = report.number('Interval', 0.5);
  if (interval < 0.05) report.tell('Interval', 'changed', 'raised to 0.05 s, as there');
  const config: Record<string, unknown> = { intervalS: Math.max(0.05, interval) };
  if (averages.length > 0) config['averages'] = averages;
  if (report.has('ChanCalib')) config['calibration'] = calibrations(report, settings['ChanCalib']);
  if (report.has('ChanFormula')) config['formulas'] = formulas(report, settings['ChanFormula']);
  for (const [key, wanted] of [
    ['ChanNams', 'names'],
    ['ChanLabels', 'labels'],
    ['ChanUnits', 'units'],
  ] as const)
    if (report.has(key)) config[wanted] = report.texts(key, []);
  if (report.has('DataFile')) {
    config['file'] = 'logger.csv';
    report.tell('DataFile', 'changed', 'logger.csv, in the folder of the run');
  }
  const separator = report.has('CSVseparator') ? report.text('CSVseparator', ',') : ',';
  if (separator !== ',') config['separator'] = separator;
  if (report.has('DAQfifo')) {
    config['pipe'] = report.text('DAQfifo', '');
    report.tell('DAQfifo', 'changed', 'the named pipe has to exist: make it with mkfifo');
  }
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
    findings: faultsOf(config),
  };
}

function lampsOf(report: ImportReport): ImportedLogger['lamps'] {
  const keys = { runPin: 'RunLED', readoutPin: 'ReadoutLED' };
  const pins = Object.entries(keys).filter(([, key]) => report.has(key));
  if (pins.length === 0) return undefined;
  return Object.fromEntries(pins.map(([pin, key]) => [pin, Math.round(report.number(key, 0))]));
}

function calibrations(report: ImportReport, given: unknown): unknown[] {
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
  report.tell('ChanCalib', 'taken', `${list.length} entries`);
  return list.map(one);
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
