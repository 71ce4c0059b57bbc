import { parseConfig } from '../../../core/configuration.js';
import { DriverError } from '../../../core/errors.js';
import { picoLog } from '../../pico-log/index.js';
import type { Finding } from '../settings/finding.js';
import { type ImportLine, ImportReport } from './import-report.js';
import type { Settings } from './read-settings.js';

/** Counts of 2.5 V, by which thresholds were given. */
const fullScale = 4095;

/** Whether a module is picoDAQ's for the PicoLog 1000. */
export function isPicoLogModule(module: string): boolean {
  return /pl1000|picolog/i.test(module);
}

/** Turns picoDAQ's settings of a PicoLog 1000 into those of the driver `picolog`. */
export function importPicoLog(
  settings: Settings,
  intervalS: number,
): { config: Readonly<Record<string, unknown>>; lines: readonly ImportLine[]; findings: readonly Finding[] } {
  const report = new ImportReport(settings);
  if (report.has('DAQModule')) report.tell('DAQModule', 'taken', 'PicoLog 1000');
  const channels = report.numbers('channels', [1]);
  const samples = report.number('number_of_samples', 1);
  const on = report.number('trgActive', 0) !== 0;
  const volts = (key: string): number => Number(((2.5 * report.number(key, 10)) / fullScale).toPrecision(4));
  const config = {
    channels: channels.map((input) => ({ input })),
    intervalS,
    ...(samples > 1 ? { mode: 'block', samples } : { mode: 'single' }),
    trigger: {
      on,
      input: report.number('trgChan', 1),
      thresholdV: volts('trgThreshold'),
      hysteresisV: volts('trgHysteresis'),
      direction: report.number('trgFalling', 0) === 0 ? 'rising' : 'falling',
      before: Math.min(1, Math.max(0, -report.number('trgPretrig', -0.5))),
      timeoutMs: report.number('trgAuto', 0) === 0 ? 0 : report.number('trgAuto_ms', 100),
    },
  };
  report.finish(() => 'no program knew this key either');
  return { config, lines: report.lines, findings: faultsOf(config) };
}

function faultsOf(config: object): Finding[] {
  try {
    parseConfig(picoLog, config);
    return [];
  } catch (thrown) {
    if (!(thrown instanceof DriverError)) throw thrown;
    return [
      { place: thrown.place, severity: 'error', problem: thrown.message, remedy: 'give what the logger has' },
    ];
  }
}
