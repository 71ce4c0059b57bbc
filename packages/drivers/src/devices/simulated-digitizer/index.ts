import { defineDriver } from '../../core/driver-definition.js';
import { baselineCommand, pulserCommand } from './simulated-digitizer.commands.js';
import { simulatedDigitizerConfig } from './simulated-digitizer.config.js';
import { SimulatedDigitizer } from './simulated-digitizer.driver.js';
import { slowSignals } from './simulated-digitizer.slow.js';

/** Germanium detectors before a Th-228 source, read by a self-triggering digitizer; all of it software. */
export const simulatedDigitizer = defineDriver({
  kind: 'simulated-digitizer',
  title: 'Simulated digitizer',
  description: 'Germanium detectors before a Th-228 source, seeded: the same seed gives the same pulses.',
  configSchema: simulatedDigitizerConfig,
  capabilities: { endsByItself: true, pushes: false, native: false, simulator: true },
  commands: { pulser: pulserCommand, 'recalibrate-baseline': baselineCommand },
  signals: slowSignals,
  create: (config, context) => Promise.resolve(new SimulatedDigitizer(config, context)),
  createSimulator: (config, context) => Promise.resolve(new SimulatedDigitizer(config, context)),
  probe: (config) =>
    Promise.resolve({
      found: true,
      message: 'software only, always there',
      facts: { channels: config.channels.length },
    }),
});
