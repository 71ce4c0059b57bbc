import type { DriverDefinition } from '../core/driver-definition.js';

/** The devices built in by their kinds, each loaded when it is asked for: a source's thread needs one of them. */
export const deviceModules: Readonly<Record<string, () => Promise<DriverDefinition>>> = {
  'simulated-digitizer': async () => (await import('./simulated-digitizer/index.js')).simulatedDigitizer,
  picoscope: async () => (await import('./pico-scope/index.js')).picoScope,
  picolog: async () => (await import('./pico-log/index.js')).picoLog,
  sensors: async () => (await import('./sensors/index.js')).sensors,
  replay: async () => (await import('./replay/index.js')).replay,
};
