import { basename } from 'node:path';
import type { Finding } from '../settings/finding.js';
import { importDevices, placed } from './import-devices.js';
import { importFilter } from './import-filter.js';
import { displayKeys, type ImportedLogger, importLogger, loggerKeys } from './import-logger.js';
import { type ImportLine, ImportReport } from './import-report.js';
import type { ScopeDialect } from './import-scope.js';
import type { ImportedPart, ImportedSet, ImportedSource, SettingsFile } from './imported-set.js';
import { looseNumber } from './loose-values.js';
import { readSettings, type Settings, SettingsError } from './read-settings.js';

const fewestSlots = 16;
const mostSlots = 65_536;

/** Names of the files that a top file asks for, by its key. */
export function namedFiles(top: Settings): { readonly key: string; readonly name: string }[] {
  return ['DeviceFile', 'BMfile', 'PFfile', 'ANAscript'].flatMap((key) =>
    [top[key]].flat().flatMap((name) => (typeof name === 'string' ? [{ key, name }] : [])),
  );
}

/** The file of a set that names the others: the only one with a `DeviceFile`. Throws a SettingsError when there is none. */
export function topFile(files: readonly SettingsFile[]): SettingsFile {
  const read = files.map((file) => ({ file, settings: readSettings(file.text, file.name) }));
  const tops = read.filter(({ settings }) => 'DeviceFile' in settings).map(({ file }) => file);
  if (tops.length === 1) return tops[0]!;
  const rings = read.find(({ settings }) => 'RingBuffer' in settings && 'Functions' in settings);
  if (rings !== undefined)
    throw new SettingsError(
      `${rings.file.name} is a set-up of mimoCoRB, whose functions are programs: take a detector with a scope, and its consumers (peak finder, decay times, coincidences) with the numbers of the set-up; recordings of mimoCoRB can be replayed`,
    );
  const which = tops.length === 0 ? 'no file names' : `${tops.map(({ name }) => name).join(' and ')} name`;
  throw new SettingsError(`${which} a DeviceFile: one file, the .daq or .yaml that was started, has to`);
}

/**
 * Whose defaults hold for the scope that a top file names. Those of picoCosmo and of PhyPiDAQ both end in .daq; the latter
 * log, and take the defaults of picoDAQ.
 */
export function dialectOf(top: Settings, name: string): ScopeDialect {
  const logs = loggerKeys.some((key) => key in top);
  return 'PFfile' in top || (name.endsWith('.daq') && !logs) ? 'picocosmo' : 'picodaq';
}

/**
 * Turns a whole set of picoDAQ, picoCosmo or PhyPiDAQ (the top file and what it names) into the content of one detector
 * configuration: a source per scope and logger, one for all sensors, the size of the buffer, a pulse filter or a data logger as consumer. Every key of
 * every file is accounted for. Throws a SettingsError for a file that is missing or cannot be read.
 */
export function importSet(files: readonly SettingsFile[]): ImportedSet {
  const top = topFile(files);
  const settings = readSettings(top.text, top.name);
  const named = namedFiles(settings);
  const find = (wanted: string): SettingsFile => {
    const found = files.find(({ name }) => basename(name) === basename(wanted));
    if (found === undefined)
      throw new SettingsError(`${top.name} names ${wanted}, which is not among the files given`);
    return found;
  };
  const logs = loggerKeys.some((key) => key in settings);
  const deviceFiles = named.filter(({ key }) => key === 'DeviceFile').map(({ name }) => find(name));
  const { sources, originals, channels, ...devices } = importDevices(
    deviceFiles,
    dialectOf(settings, top.name),
    intervalOf(settings),
  );
  const parts: ImportedPart[] = [...devices.parts];
  const input = sources[0]?.name ?? 'scope';
  const consumers: ImportedSet['content']['consumers'][number][] = [];
  let slots: number | undefined;
  let lamps: ImportedLogger['lamps'];
  const told: string[] = [];
  for (const { key, name } of named) {
    if (key === 'BMfile') {
      const file = find(name);
      const { lines, slots: wanted, findings } = bufferSettings(readSettings(file.text, file.name));
      slots = wanted;
      parts.push({ file: file.name, role: 'buffer manager', lines, findings });
    } else if (key === 'PFfile') {
      const file = find(name);
      const { config, keep, lines, findings } = importFilter(readSettings(file.text, file.name));
      const place = `consumers.${consumers.length}.config`;
      consumers.push({ name: 'pulses', input, kind: 'pulse-filter', config, keep });
      parts.push({ file: file.name, role: 'pulse filter', lines, findings: placed(findings, place) });
    } else if (key === 'ANAscript') {
      const message = 'programs are not taken over: write a consumer';
      parts.push({
        file: name,
        role: 'not taken over',
        lines: [{ key, outcome: 'refused', message }],
        findings: [],
      });
    }
  }
  if (logs) {
    const averages = deviceFiles[0] === undefined ? [] : averagesOf(deviceFiles[0]);
    const { config, lines, findings, ...rest } = importLogger(settings, averages, {
      originals,
      channels,
    });
    lamps = rest.lamps;
    const place = `consumers.${consumers.length}.config`;
    consumers.push({ name: 'logger', input, kind: 'data-logger', config, keep: false });
    told.push(...lines.map(({ key }) => key));
    parts.push({
      file: top.name,
      role: 'logger',
      lines,
      findings: [...placed(findings, place), ...leftOut(sources)],
    });
  }
  parts.unshift({ file: top.name, role: 'top', lines: topLines(settings, told), findings: [] });
  const more = {
    ...(lamps === undefined ? {} : { lamps }),
    ...(slots === undefined ? {} : { ring: { slots } }),
  };
  return { content: { sources, ...more, consumers }, parts };
}

/** Time between the readings of PhyPiDAQ, s. */
function intervalOf(settings: Settings): number {
  return Math.max(0.05, looseNumber(settings['Interval'])?.value ?? 0.5);
}

function bufferSettings(settings: Settings): {
  lines: readonly ImportLine[];
  slots: number;
  findings: readonly Finding[];
} {
  const report = new ImportReport(settings, { NBuffers: 'ring.slots' });
  const wanted = report.number('NBuffers', 16);
  const slots = Math.max(fewestSlots, Math.min(mostSlots, Math.round(wanted)));
  if (slots !== wanted)
    report.tell('NBuffers', 'changed', `${slots} slots: there are ${fewestSlots} to ${mostSlots}`);
  for (const key of ['BMmodules', 'DAQmodules'])
    if (report.has(key)) report.tell(key, 'ignored', 'displays are panels of the bench');
  for (const key of ['LogFile', 'logTime', 'verbose'])
    if (report.has(key)) report.tell(key, 'ignored', 'every run has its log and its summary');
  report.finish(() => 'no program knew this key either');
  return { lines: report.lines, slots, findings: report.faults };
}

/** What became of the keys of the top file; those of the logger (`told`) are told of there. */
function topLines(settings: Settings, told: readonly string[]): ImportLine[] {
  return Object.entries(settings).flatMap(([key, value]): ImportLine[] => {
    if (told.includes(key)) return [];
    if (['DeviceFile', 'BMfile', 'PFfile', 'ANAscript'].includes(key))
      return [{ key, outcome: 'taken', message: [value].flat().map(String).join(', ') }];
    const message =
      value === null
        ? 'it has no value'
        : key === 'verbose'
          ? 'there is no such setting here: everything is logged'
          : key === 'DAQmodules' || displayKeys.includes(key)
            ? 'displays are panels of the bench'
            : 'no program knew this key either';
    return [{ key, outcome: 'ignored', message }];
  });
}

/** Mean or effective value of each channel, where a device file asks for it. */
function averagesOf({ text, name }: SettingsFile): string[] {
  const given = readSettings(text, name)['ChanAverages'];
  const list: unknown[] = given === undefined || given === null ? [] : [given].flat();
  return list.map((entry) => (entry === 'rms' ? 'rms' : 'mean'));
}

/** A logger reads one source here; PhyPiDAQ read all devices. */
function leftOut(sources: readonly ImportedSource[]): Finding[] {
  const [input, ...others] = sources.map(({ name }) => name);
  if (input === undefined || others.length === 0) return [];
  const problem = `the logger has the channels of ${input} only: those of ${others.join(', ')} came after them`;
  const remedy = 'add a logger for each source, and look at the formulas and calibrations';
  return [{ place: 'consumers', severity: 'warning', problem, remedy }];
}
