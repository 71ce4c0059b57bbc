import { pulseFilterConsumer, standardAxes } from '../../../core/consumers/builtin/pulse-filter.consumer.js';
import { DriverError } from '../../../core/errors.js';
import type { Finding } from '../settings/finding.js';
import { type ImportLine, ImportReport } from './import-report.js';
import { looseBoolean, looseNumber, looseText } from './loose-values.js';
import type { Settings } from './read-settings.js';

/** A pulse filter out of an older program's settings. */
export interface ImportedFilter {
  /** Settings of the consumer `pulse-filter`; may still have findings. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Raw records are to be kept. */
  readonly keep: boolean;
  readonly lines: readonly ImportLine[];
  readonly findings: readonly Finding[];
}

const copied = [
  'pulseShape',
  'trgPulseShape',
  'NminCoincidence',
  'acceptPattern',
  'doublePulse',
  'timingPrecision',
  'histograms',
];
const displays = ['modules', 'RMeterInterval', 'RMeterRate', 'RMeterTitle'];

/** Turns picoCosmo's pulse filter settings (`PFfile`) into those of the consumer `pulse-filter`. Never throws. */
export function importFilter(settings: Settings): ImportedFilter {
  const report = new ImportReport(settings);
  const config: Record<string, unknown> = {};
  for (const key of copied) {
    if (!report.has(key)) continue;
    const notes: string[] = [];
    config[key] = loosened(settings[key], notes);
    if (key === 'histograms') config[key] = fourAxes(config[key], notes);
    const told = [...notes, JSON.stringify(config[key])].join('; ');
    report.tell(key, notes.length === 0 ? 'taken' : 'changed', told);
  }
  config['logFile'] = fileName(report, settings, 'logFile', null);
  config['logFile2'] = fileName(report, settings, 'logFile2', 'dPFilt');
  const first = report.has('rawFile1');
  const keep = first || report.has('rawFile');
  config['keep'] = first ? 'accepted' : keep ? 'double' : 'none';
  for (const key of ['rawFile', 'rawFile1', 'Nraw1'])
    if (report.has(key))
      report.tell(key, 'changed', 'raw records that are kept go to one LH5 file, all of them');
  if (report.has('pictFile')) {
    config['pictures'] = 200;
    report.tell('pictFile', 'changed', 'pictures are SVG, beside the other files of the filter, at most 200');
  }
  for (const key of displays)
    if (report.has(key)) report.tell(key, 'ignored', 'displays are panels of the bench');
  report.finish(() => 'no program knew this key either');
  return { config, keep, lines: report.lines, findings: faultsOf(config) };
}

function fileName(
  report: ImportReport,
  settings: Settings,
  key: string,
  absent: string | null,
): string | null {
  const given = Object.hasOwn(settings, key) ? settings[key] : absent;
  if (given === null || given === undefined) {
    if (Object.hasOwn(settings, key)) report.tell(key, 'taken', 'no such file');
    return null;
  }
  const plain = (looseText(given)?.value ?? 'pulses')
    .split(/[\\/]/)
    .at(-1)!
    .replaceAll(/[^\w.-]+/g, '_')
    .replace(/^[^A-Za-z0-9_]+/, '');
  const name = `${plain === '' ? 'pulses' : plain.slice(0, 90)}.csv`;
  if (Object.hasOwn(settings, key)) report.tell(key, 'changed', `${name}, in the folder of the run`);
  return name;
}

/** Numbers and truth values in every spelling, lists and groups included; `notes` gets what was done to them. */
function loosened(value: unknown, notes: string[]): unknown {
  if (Array.isArray(value)) return value.map((inner) => loosened(inner, notes));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [
        key,
        key === 'OffsetSubtraction' ? (looseBoolean(inner)?.value ?? inner) : loosened(inner, notes),
      ]),
    );
  const number = looseNumber(value);
  if (number?.note !== undefined) notes.push(number.note);
  return number?.value ?? value;
}

/** Sets for one channel come with three histograms: the standard ones stand for those that are missing. */
function fourAxes(given: unknown, notes: string[]): unknown {
  if (!Array.isArray(given)) return given;
  const axes = (given as unknown[]).map((axis) =>
    Array.isArray(axis) ? axis.map((entry: unknown, i) => (i === 4 ? String(entry) : entry)) : axis,
  );
  const missing = standardAxes.slice(axes.length);
  if (missing.length > 0) notes.push(`the last ${missing.length} of the four are the standard ones`);
  if (axes.length > 4) notes.push('there are four, the rest is left out');
  return [...axes, ...missing].slice(0, 4);
}

function faultsOf(config: object): Finding[] {
  try {
    pulseFilterConsumer.parse(config);
    return [];
  } catch (thrown) {
    if (!(thrown instanceof DriverError)) throw thrown;
    const remedy = 'give what the pulse filter asks for';
    return [{ place: thrown.place, severity: 'error', problem: thrown.message, remedy }];
  }
}
