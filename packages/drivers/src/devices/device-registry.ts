import { createRegistry, type DriverRegistry } from '../core/registry.js';

/** The devices built in. */
export const registry: DriverRegistry = createRegistry([]);
