import type { PicoScopeConfig } from '../pico-scope.config.js';
import { openScopeLibrary } from '../sdk/scope-library.js';
import { openUnit } from './open-unit.js';
import type { UnitAccess } from './unit-access.js';

/** Access to real units. Throws a DriverError with what to install when the vendor's library is missing. */
export function libraryAccess(config: PicoScopeConfig): UnitAccess {
  const library = openScopeLibrary(config.family, config.library);
  return { fast: false, open: (serial) => openUnit(library, config.family, serial), close: () => undefined };
}
