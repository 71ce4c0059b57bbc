import { parseConfig } from '../../../core/configuration.js';
import { DriverError } from '../../../core/errors.js';
import { picoLog } from '../../pico-log/index.js';
import type { Finding } from '../settings/finding.js';
import { type ImportLine, ImportReport } from './import-report.js';
import type { Settings } from './read-settings.js';

/** Counts of 2.5 V by model, in which thresholds were given: 10 and 12 bits. */
const fullScales: Readonly<Record<string, number>> = { '1012': 1023, '1216': 4095 };
/** Keys of the old file in counts, and what they became. */
const countKeys = { trgThreshold: 'thresholdV', trgHysteresis: 'hysteresisV' } as const;

/** Where the value of a key is in the configuration. */
const places: Readonly<Record<string, string>> = {
  channels: 'channels',
  Channels: 'channels',
  number_of_samples: 'samples',
  trgActive: 'trigger.on',
  trgChan: 'trigger.input',
  trgThreshold: 'trigger.thresholdV',
  trgHysteresis: 'trigger.hysteresisV',
  trgFalling: 'trigger.direction',
  trgPretrig: 'trigger.before',
  trgAuto: 'trigger.timeoutMs',
  trgAuto_ms: 'trigger.timeoutMs',
};

/** Whether a module is picoDAQ's for the PicoLog 1000. */
export function isPicoLogModule(module: string): boolean {
  return /pl1000|picolog/i.test(module);
}

/** Keys under which a file may name its model. */
const modelKeys = ['model', 'Model', 'PSmodel'];

/** The model that a file names somewhere: in its module, or as model. */
function namedModel(settings: Settings): string | undefined {
  const texts = ['DAQModule', ...modelKeys].map((key) => {
    const value = settings[key];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  });
  return Object.keys(fullScales).find((model) => texts.some((text) => text.includes(model)));
}

/**
 * Turns picoDAQ's settings of a PicoLog 1000 into those of the driver `picolog`. Thresholds were counts: they are those
 * of the model that the file names, else of 12 bits, and a finding says so.
 */
export function importPicoLog(
  settings: Settings,
  intervalS: number,
): { config: Readonly<Record<string, unknown>>; lines: readonly ImportLine[]; findings: readonly Finding[] } {
  const report = new ImportReport(settings, places);
  if (report.has('DAQModule')) report.tell('DAQModule', 'taken', 'PicoLog 1000');
  // The example that comes with PhyPiDAQ has a capital.
  const channels = report.numbers(
    !report.has('channels') && report.has('Channels') ? 'Channels' : 'channels',
    [1],
  );
  const samples = report.number('number_of_samples', 1);
  const on = report.number('trgActive', 0) !== 0;
  const model = namedModel(settings);
  const fullScale = fullScales[model ?? '1216']!;
  for (const key of modelKeys)
    if (model !== undefined && report.has(key))
      report.tell(key, 'taken', `PicoLog ${model}: counts of ${fullScale}`);
  const volts = (key: keyof typeof countKeys): number =>
    Number(((2.5 * report.number(key, 10)) / fullScale).toPrecision(4));
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
  const doubts = model === undefined && on ? countDoubts(config.trigger) : [];
  return { config, lines: report.lines, findings: [...report.faults, ...doubts, ...faultsOf(config)] };
}

/** Voltage of as many counts with 10 bits as make a voltage with 12. */
function of1012(volts: number): number {
  return Number(((volts * fullScales['1216']!) / fullScales['1012']!).toPrecision(4));
}

function countDoubts(trigger: Readonly<Record<'thresholdV' | 'hysteresisV', number>>): Finding[] {
  return Object.entries(countKeys).map(([key, place]) => ({
    place: `trigger.${place}`,
    severity: 'warning',
    problem: `${key} is in counts, and the file does not name the model: ${trigger[place]} V are those of a PicoLog 1216 (12 bits)`,
    remedy: `with a PicoLog 1012 (10 bits) give ${of1012(trigger[place])} V`,
  }));
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
