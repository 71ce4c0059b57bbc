import { basename } from 'node:path';
import type { Finding } from '../settings/finding.js';
import { importPicoLog, isPicoLogModule } from './import-picolog.js';
import { importRecording, isRecordingModule } from './import-recording.js';
import type { ImportLine } from './import-report.js';
import { importScope, type ScopeDialect } from './import-scope.js';
import { importSensors, isSensorModule, sensorFindings } from './import-sensors.js';
import type { ImportedPart, ImportedSource, SettingsFile } from './imported-set.js';
import { type OriginalChannel, originalChannels } from './original-channels.js';
import { readSettings, type Settings } from './read-settings.js';

/** Devices out of the files that a top file names. */
export interface ImportedDevices {
  readonly sources: readonly ImportedSource[];
  readonly parts: readonly ImportedPart[];
  /** Where the channels of PhyPiDAQ are, when that is elsewhere. */
  readonly originals: readonly OriginalChannel[] | undefined;
  /** How many channels the old program had of the first source; undefined where only its file tells. */
  readonly channels: number | undefined;
}

interface OfSensors {
  readonly part: ImportedPart;
  readonly from: number;
  readonly faults: readonly Finding[];
}

/**
 * Turns device files into sources: one for each scope, logger and recording, one for all sensors, which comes last. A
 * module that there is no driver for becomes a finding.
 */
export function importDevices(
  files: readonly SettingsFile[],
  dialect: ScopeDialect,
  intervalS: number,
): ImportedDevices {
  const sources: ImportedSource[] = [];
  const parts: ImportedPart[] = [];
  const sensors: Readonly<Record<string, unknown>>[] = [];
  const values: (number | undefined)[] = [];
  const ofSensors: OfSensors[] = [];
  const place = (): string => `sources.${sources.length}.config`;
  const add = (name: string, driver: ImportedSource['driver'], config: object): void => {
    const before = sources.filter((source) => source.driver === driver).length;
    sources.push({ name: before === 0 ? name : `${name}-${before + 1}`, driver, simulated: false, config });
  };
  for (const { name: file, text } of files) {
    const settings = readSettings(text, file);
    const module = moduleOf(settings, file);
    if (isPicoLogModule(module)) {
      const { config, lines, findings } = importPicoLog(settings, intervalS);
      parts.push({ file, role: 'PicoLog', lines, findings: placed(findings, place()) });
      add('picolog', 'picolog', config);
    } else if (isRecordingModule(module)) {
      const { config, lines, findings } = importRecording(settings);
      parts.push({ file, role: 'recording', lines, findings: placed(findings, place()) });
      add('replay', 'replay', config);
    } else if (isSensorModule(module)) {
      const { devices, lines, faults, values: wanted } = importSensors(settings, module);
      ofSensors.push({ part: { file, role: 'sensors', lines, findings: [] }, from: sensors.length, faults });
      sensors.push(...devices);
      values.push(...devices.map(() => wanted));
    } else if (typeof settings['DAQModule'] === 'string' && !/pico|^PS/i.test(module)) {
      parts.push(withoutDriver(file, module));
    } else {
      const { config, lines, findings } = importScope(settings, dialect);
      parts.push({ file, role: 'scope', lines, findings: placed(findings, place()) });
      add('scope', 'picoscope', config);
    }
  }
  const [first] = sources;
  const channels = first === undefined ? undefined : channelsIn(first.config);
  if (sensors.length === 0) return { sources, parts, originals: undefined, channels };
  const config = { intervalS, devices: sensors };
  const findings = sensorFindings(config);
  ofSensors.forEach(({ part, from, faults }, index) => {
    const to = ofSensors[index + 1]?.from ?? sensors.length;
    const own = findings.filter(({ place: where }) => {
      const device = Number(/^devices\.(\d+)/.exec(where)?.[1] ?? 0);
      return device >= from && device < to;
    });
    parts.push({ ...part, findings: placed([...placed(faults, `devices.${from}`), ...own], place()) });
  });
  const originals = first === undefined ? originalChannels(sensors, values) : undefined;
  sources.push({ name: 'sensors', driver: 'sensors', simulated: false, config });
  return { sources, parts, originals, channels: channels ?? originals?.length };
}

function channelsIn(config: object): number | undefined {
  return 'channels' in config && Array.isArray(config.channels) ? config.channels.length : undefined;
}

/** Findings whose places begin with another. */
export function placed(findings: readonly Finding[], place: string): Finding[] {
  return findings.map((finding) => ({
    ...finding,
    place: finding.place === '' ? place : `${place}.${finding.place}`,
  }));
}

/** The module of a device file: the one that it names, else its own name. */
function moduleOf(settings: Settings, file: string): string {
  const given = settings['DAQModule'];
  return typeof given === 'string' ? given : basename(file).replace(/\.\w+$/, '');
}

function withoutDriver(file: string, module: string): ImportedPart {
  const toy = /^toydata/i.test(module);
  const message = toy
    ? 'makes values up: there is no device to be taken over'
    : `there is no driver for ${module}`;
  const lines: ImportLine[] = [{ key: 'DAQModule', outcome: 'refused', message }];
  const remedy = toy
    ? 'add sensors or a scope, and switch their simulation on'
    : 'leave the device out; what it recorded can be replayed';
  const problem = `${basename(file)}: ${message}`;
  const findings: Finding[] = [{ place: 'sources', severity: 'error', problem, remedy }];
  return { file, role: 'not taken over', lines, findings };
}
