import type { Finding } from '../settings/finding.js';
import { type ImportLine, ImportReport } from './import-report.js';
import type { Settings } from './read-settings.js';

/** Whether a module of PhyPiDAQ plays a recording. */
export function isRecordingModule(module: string): boolean {
  return /^replay(config)?$/i.test(module);
}

/** Turns PhyPiDAQ's settings of a replay into those of the driver `replay`. Never throws. */
export function importRecording(settings: Settings): {
  config: Readonly<Record<string, unknown>>;
  lines: readonly ImportLine[];
  findings: readonly Finding[];
} {
  const report = new ImportReport(settings, { csvFile: 'path' });
  if (report.has('DAQModule')) report.tell('DAQModule', 'taken', 'a recording that is replayed');
  const path = report.text('csvFile', '');
  if (report.has('csvSeparator'))
    report.tell('csvSeparator', 'ignored', 'the separator is found in the head of the file');
  if (report.has('NChannels')) report.tell('NChannels', 'ignored', 'all columns of the file are replayed');
  report.finish(() => 'no program knew this key either');
  return {
    config: { path, format: 'phypidaq-csv' },
    lines: report.lines,
    findings: [...report.faults, ...pathFindings(path)],
  };
}

function pathFindings(path: string): Finding[] {
  const remedy = 'give the path of the recording on the machine that takes data, from / on';
  if (path === '') {
    const problem = 'the file names no recording, and the one that came with the old program is not here';
    return [{ place: 'path', severity: 'error', problem, remedy }];
  }
  if (path.startsWith('/') || /^[a-z]:[\\/]/i.test(path)) return [];
  const problem = `${path} is where the old program ran`;
  return [{ place: 'path', severity: 'warning', problem, remedy }];
}
