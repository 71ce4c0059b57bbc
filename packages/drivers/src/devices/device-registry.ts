import { createRegistry, type DriverRegistry } from '../core/registry.js';
import { picoLog } from './pico-log/index.js';
import { picoScope } from './pico-scope/index.js';
import { replay } from './replay/index.js';
import { sensors } from './sensors/index.js';
import { simulatedDigitizer } from './simulated-digitizer/index.js';

/** The devices built in. */
export const registry: DriverRegistry = createRegistry([
  simulatedDigitizer,
  picoScope,
  picoLog,
  sensors,
  replay,
]);
