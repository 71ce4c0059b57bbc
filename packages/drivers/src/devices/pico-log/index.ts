import { defineDriver, type ProbeResult } from '../../core/driver-definition.js';
import type { SignalDefinition } from '../../core/signal.js';
import { loggerAccess, simulatedLogger } from './logger-access.js';
import { readCommand } from './pico-log.commands.js';
import { type PicoLogConfig, picoLogConfig } from './pico-log.config.js';
import { PicoLog } from './pico-log.driver.js';

const signals: readonly SignalDefinition[] = [
  { name: 'rate', title: 'Rate of records', type: 'number', unit: 'Hz', access: 'readback', periodMs: 1000 },
  { name: 'present', title: 'The unit responds', type: 'boolean', access: 'readback', periodMs: 1000 },
];

function probe(config: PicoLogConfig): ProbeResult {
  try {
    const unit = loggerAccess(config).open();
    const { model, serial, inputs, most } = unit;
    unit.close();
    const message = `PicoLog ${model}, serial number ${serial}: ${inputs} inputs, ${Math.log2(most + 1)} bits`;
    return { found: true, message, facts: { model, serial, inputs } };
  } catch (thrown) {
    return { found: false, message: thrown instanceof Error ? thrown.message : String(thrown), facts: {} };
  }
}

/** Data loggers of the series PicoLog 1000: 12 or 16 inputs of 0 to 2.5 V. */
export const picoLog = defineDriver({
  kind: 'picolog',
  title: 'PicoLog 1000',
  description: 'Data loggers PicoLog 1012 and 1216 at USB: single values, blocks, streams of 0 to 2.5 V.',
  configSchema: picoLogConfig,
  capabilities: { endsByItself: true, pushes: false, native: true, simulator: true },
  commands: { read: readCommand },
  signals: () => signals,
  create: (config, context) =>
    Promise.resolve().then(() => new PicoLog(config, context, loggerAccess(config))),
  createSimulator: (config, context) =>
    Promise.resolve().then(() => new PicoLog(config, context, simulatedLogger(config, context.source))),
  probe: (config) => Promise.resolve(probe(config)),
});
