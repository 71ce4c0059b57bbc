import { defineDriver } from '../../core/driver-definition.js';
import type { SignalDefinition } from '../../core/signal.js';
import { identifyCommand, triggerLevelCommand } from './pico-scope.commands.js';
import { picoScopeConfig } from './pico-scope.config.js';
import { PicoScope } from './pico-scope.driver.js';
import { probeScopes } from './probe.js';
import { simulatedAccess } from './simulation/simulated-access.js';
import { libraryAccess } from './unit/library-access.js';

const signals: readonly SignalDefinition[] = [
  { name: 'rate', title: 'Rate of records', type: 'number', unit: 'Hz', access: 'readback', periodMs: 1000 },
  {
    name: 'live',
    title: 'Live share of the run',
    type: 'number',
    unit: '%',
    access: 'readback',
    periodMs: 1000,
  },
  { name: 'present', title: 'The unit responds', type: 'boolean', access: 'readback', periodMs: 1000 },
];

/** PicoScope oscilloscopes of the driver families 2000, 2000a, 3000a, 4000 and 4000a. */
export const picoScope = defineDriver({
  kind: 'picoscope',
  title: 'PicoScope',
  description:
    'PicoScope oscilloscopes of the series 2000, 3000 and 4000 at USB: blocks, rapid blocks, streams.',
  configSchema: picoScopeConfig,
  capabilities: { endsByItself: true, pushes: false, native: true, simulator: true },
  commands: { identify: identifyCommand, 'trigger-level': triggerLevelCommand },
  signals: () => signals,
  create: (config, context) => Promise.resolve(new PicoScope(config, context, libraryAccess(config))),
  createSimulator: (config, context) =>
    Promise.resolve(new PicoScope(config, context, simulatedAccess(config, context.source))),
  probe: (config) => Promise.resolve(probeScopes(config)),
});
