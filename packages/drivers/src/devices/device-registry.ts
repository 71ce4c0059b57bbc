import { createRegistry, type DriverRegistry } from '../core/registry.js';
import { replay } from './replay/index.js';
import { simulatedDigitizer } from './simulated-digitizer/index.js';

/** The devices built in. */
export const registry: DriverRegistry = createRegistry([simulatedDigitizer, replay]);
