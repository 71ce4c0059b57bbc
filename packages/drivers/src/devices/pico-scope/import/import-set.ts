import { basename } from 'node:path';
import type { Finding } from '../settings/finding.js';
import { importFilter } from './import-filter.js';
import { displayKeys, type ImportedLogger, importLogger, loggerKeys } from './import-logger.js';
import { importPicoLog, isPicoLogModule } from './import-picolog.js';
import { type ImportLine, ImportReport } from './import-report.js';
import { importScope } from './import-scope.js';
import { importSensors, isSensorModule, sensorFindings } from './import-sensors.js';
import { looseNumber } from './loose-values.js';
import { readSettings, type Settings, SettingsError } from './read-settings.js';

/** A file of a set: its name as the top file has it, or with folders before it. */
export interface SettingsFile {
  readonly name: string;
  readonly text: string;
}

/** What became of one file of a set. */
export interface ImportedPart {
  readonly file: string;
  readonly role:
    | 'top'
    | 'scope'
    | 'PicoLog'
    | 'sensors'
    | 'buffer manager'
    | 'pulse filter'
    | 'logger'
    | 'not taken over';
  readonly lines: readonly ImportLine[];
  /** Places are those in the content. */
  readonly findings: readonly Finding[];
}

/** A set of settings files as the content of one detector configuration. */
export interface ImportedSet {
  readonly content: {
    readonly sources: readonly {
      name: string;
      driver: 'picoscope' | 'picolog' | 'sensors';
      simulated: boolean;
      config: object;
    }[];
    readonly lamps?: NonNullable<ImportedLogger['lamps']>;
    readonly ring?: { readonly slots: number };
    readonly consumers: readonly {
      name: string;
      input: string;
      kind: string;
      config: object;
      keep: boolean;
    }[];
  };
  readonly parts: readonly ImportedPart[];
}

const fewestSlots = 16;

/** Names of the files that a top file asks for, by its key. */
export function namedFiles(top: Settings): { readonly key: string; readonly name: string }[] {
  return ['DeviceFile', 'BMfile', 'PFfile', 'ANAscript'].flatMap((key) =>
    [top[key]].flat().flatMap((name) => (typeof name === 'string' ? [{ key, name }] : [])),
  );
}

/** The file of a set that names the others: the only one with a `DeviceFile`. Throws a SettingsError when there is none. */
export function topFile(files: readonly SettingsFile[]): SettingsFile {
  const tops = files.filter(({ name, text }) => 'DeviceFile' in readSettings(text, name));
  if (tops.length === 1) return tops[0]!;
  const which = tops.length === 0 ? 'no file names' : `${tops.map(({ name }) => name).join(' and ')} name`;
  throw new SettingsError(`${which} a DeviceFile: one file, the .daq or .yaml that was started, has to`);
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
  // Top files of picoCosmo and of PhyPiDAQ both end in .daq; the latter log, and take the defaults of picoDAQ.
  const cosmo = named.some(({ key }) => key === 'PFfile') || (top.name.endsWith('.daq') && !logs);
  const parts: ImportedPart[] = [];
  const sources = devices(named, find, cosmo ? 'picocosmo' : 'picodaq', intervalOf(settings), parts);
  const input = sources[0]?.name ?? 'scope';
  const consumers: ImportedSet['content']['consumers'][number][] = [];
  let slots: number | undefined;
  let lamps: ImportedLogger['lamps'];
  const told: string[] = [];
  for (const { key, name } of named) {
    if (key === 'BMfile') {
      const file = find(name);
      const { lines, slots: wanted } = bufferSettings(readSettings(file.text, file.name));
      slots = wanted;
      parts.push({ file: file.name, role: 'buffer manager', lines, findings: [] });
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
    const { config, lines, findings, ...rest } = importLogger(settings, averagesOf(named, find));
    lamps = rest.lamps;
    const place = `consumers.${consumers.length}.config`;
    consumers.push({ name: 'logger', input, kind: 'data-logger', config, keep: false });
    told.push(...lines.map(({ key }) => key));
    parts.push({ file: top.name, role: 'logger', lines, findings: placed(findings, place) });
  }
  parts.unshift({ file: top.name, role: 'top', lines: topLines(settings, told), findings: [] });
  const more = {
    ...(lamps === undefined ? {} : { lamps }),
    ...(slots === undefined ? {} : { ring: { slots } }),
  };
  return { content: { sources, ...more, consumers }, parts };
}

/** The module of a device file: the one that it names, else its own name. */
function moduleOf(settings: Settings, file: string): string {
  const given = settings['DAQModule'];
  return typeof given === 'string' ? given : basename(file).replace(/\.\w+$/, '');
}

/** Time between the readings of PhyPiDAQ, s. */
function intervalOf(settings: Settings): number {
  return Math.max(0.05, looseNumber(settings['Interval'])?.value ?? 0.5);
}

function devices(
  named: readonly { key: string; name: string }[],
  find: (name: string) => SettingsFile,
  dialect: 'picodaq' | 'picocosmo',
  intervalS: number,
  parts: ImportedPart[],
): ImportedSet['content']['sources'][number][] {
  const sources: ImportedSet['content']['sources'][number][] = [];
  const sensors: object[] = [];
  const place = (): string => `sources.${sources.length}.config`;
  const add = (name: string, driver: 'picoscope' | 'picolog', config: object): void => {
    const before = sources.filter((source) => source.driver === driver).length;
    sources.push({ name: before === 0 ? name : `${name}-${before + 1}`, driver, simulated: false, config });
  };
  const ofSensors: { part: ImportedPart; from: number }[] = [];
  for (const { key, name } of named) {
    if (key !== 'DeviceFile') continue;
    const file = find(name);
    const settings = readSettings(file.text, file.name);
    const module = moduleOf(settings, file.name);
    if (isPicoLogModule(module)) {
      const { config, lines, findings } = importPicoLog(settings, intervalS);
      parts.push({ file: file.name, role: 'PicoLog', lines, findings: placed(findings, place()) });
      add('picolog', 'picolog', config);
    } else if (isSensorModule(module)) {
      const { devices: found, lines } = importSensors(settings, module);
      const part: ImportedPart = { file: file.name, role: 'sensors', lines, findings: [] };
      ofSensors.push({ part, from: sensors.length });
      sensors.push(...found);
    } else if (typeof settings['DAQModule'] === 'string' && !/pico|^PS/i.test(module)) {
      parts.push(withoutDriver(file.name, module));
    } else {
      const { config, lines, findings } = importScope(settings, dialect);
      parts.push({ file: file.name, role: 'scope', lines, findings: placed(findings, place()) });
      add('scope', 'picoscope', config);
    }
  }
  if (sensors.length === 0) return sources;
  const config = { intervalS, devices: sensors };
  const findings = sensorFindings(config);
  ofSensors.forEach(({ part, from }, index) => {
    const to = ofSensors[index + 1]?.from ?? sensors.length;
    const own = findings.filter(({ place: where }) => {
      const device = Number(/^devices\.(\d+)/.exec(where)?.[1] ?? 0);
      return device >= from && device < to;
    });
    parts.push({ ...part, findings: placed(own, place()) });
  });
  sources.push({ name: 'sensors', driver: 'sensors', simulated: false, config });
  return sources;
}

function withoutDriver(file: string, module: string): ImportedPart {
  const message = `there is no driver for ${module}: its recordings can be replayed`;
  const lines: ImportLine[] = [{ key: 'DAQModule', outcome: 'refused', message }];
  const problem = `${file}: ${message}`;
  const remedy = 'leave the device out';
  const findings: Finding[] = [{ place: 'sources', severity: 'error', problem, remedy }];
  return { file, role: 'not taken over', lines, findings };
}

function bufferSettings(settings: Settings): { lines: readonly ImportLine[]; slots: number } {
  const report = new ImportReport(settings);
  const wanted = report.number('NBuffers', 16);
  const slots = Math.max(fewestSlots, Math.min(65_536, Math.round(wanted)));
  if (slots !== wanted) report.tell('NBuffers', 'changed', `${slots} slots`);
  for (const key of ['BMmodules', 'DAQmodules'])
    if (report.has(key)) report.tell(key, 'ignored', 'displays are panels of the bench');
  for (const key of ['LogFile', 'logTime', 'verbose'])
    if (report.has(key)) report.tell(key, 'ignored', 'every run has its log and its summary');
  report.finish(() => 'no program knew this key either');
  return { lines: report.lines, slots };
}

/** What became of the keys of the top file; those of the logger (`told`) are told of there. */
function topLines(settings: Settings, told: readonly string[]): ImportLine[] {
  return Object.entries(settings).flatMap(([key, value]): ImportLine[] => {
    if (told.includes(key)) return [];
    if (['DeviceFile', 'BMfile', 'PFfile', 'ANAscript'].includes(key))
      return [{ key, outcome: 'taken', message: [value].flat().map(String).join(', ') }];
    const message =
      key === 'verbose'
        ? 'there is no such setting here: everything is logged'
        : key === 'DAQmodules' || displayKeys.includes(key)
          ? 'displays are panels of the bench'
          : 'no program knew this key either';
    return [{ key, outcome: 'ignored', message }];
  });
}

/** Mean or effective value of each channel, where a device file asks for it. */
function averagesOf(
  named: readonly { key: string; name: string }[],
  find: (name: string) => SettingsFile,
): string[] {
  const device = named.find(({ key }) => key === 'DeviceFile');
  if (device === undefined) return [];
  const { text, name } = find(device.name);
  const given = readSettings(text, name)['ChanAverages'];
  const list: unknown[] = given === undefined || given === null ? [] : [given].flat();
  return list.map((entry) => (entry === 'rms' ? 'rms' : 'mean'));
}

function placed(findings: readonly Finding[], place: string): Finding[] {
  return findings.map((finding) => ({ ...finding, place: `${place}.${finding.place}` }));
}
