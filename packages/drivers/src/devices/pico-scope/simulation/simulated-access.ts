import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DriverError } from '../../../core/errors.js';
import type { ForeignLibrary } from '../../../transports/ffi/foreign-library.js';
import type { PicoScopeConfig } from '../pico-scope.config.js';
import type { RecordTruth } from '../pico-scope.tables.js';
import { openSimulatedLibrary } from '../sdk/scope-library.js';
import { statusText } from '../sdk/status.js';
import { type FamilyName } from '../settings/families.js';
import { usualModel } from '../settings/models.js';
import { openUnit } from '../unit/open-unit.js';
import type { ScopeUnit } from '../unit/scope-unit.js';
import type { UnitAccess } from '../unit/unit-access.js';

const signals = ['muons', 'photomultiplier', 'sipm', 'generator'];
const faults = ['none', 'crash', 'unplug', 'stall', 'overflow', 'slow', 'status'];

/** Where the set-up puts the simulated library of a family. */
export function simulatedLibraryPath(family: FamilyName): string {
  const ending = process.platform === 'darwin' ? 'dylib' : process.platform === 'win32' ? 'dll' : 'so';
  return fileURLToPath(new URL(`../../../../build/pico-simulator/libps${family}.${ending}`, import.meta.url));
}

/** Whether scopes can be simulated here: the set-up builds the library where there is a C compiler. */
export function picoScopeSimulationBuilt(): boolean {
  return existsSync(simulatedLibraryPath('2000a'));
}

/** Plugs a simulated unit in and gives access to it. Throws a DriverError when the simulated library was not built. */
export function simulatedAccess(config: PicoScopeConfig, source: string): UnitAccess {
  const library = openSimulatedLibrary(config.family, simulatedLibraryPath(config.family));
  const serial = plugIn(library, config, source);
  const values = new Float64Array(8);
  let handle = 0;
  return {
    fast: config.simulation.pacing === 'fast',
    open: (): ScopeUnit => {
      const unit = openUnit(library, config.family, serial);
      handle = unit.handle;
      return unit;
    },
    truth: (record): RecordTruth | undefined => {
      if (library.call('truth', handle, record, values) !== 0) return undefined;
      return { triggerS: values[0]!, pulses: values[1]!, heightV: values[2]!, decayNs: values[3]! };
    },
    close: () => {
      library.call('unplug', serial);
    },
  };
}

function plugIn(library: ForeignLibrary, config: PicoScopeConfig, source: string): string {
  const { simulation } = config;
  const wanted = config.serial === '' ? `SIM/${source}` : config.serial;
  const settings: Readonly<Record<string, string | number>> = {
    model: (config.model === '' ? usualModel[config.family] : config.model)
      .replaceAll(/\s/g, '')
      .toUpperCase(),
    ...Object.fromEntries(
      Object.entries(simulation).map(([key, value]) => [
        key,
        typeof value === 'boolean' ? Number(value) : value,
      ]),
    ),
    signal: signals.indexOf(simulation.signal),
    fault: faults.indexOf(simulation.fault),
    fast: simulation.pacing === 'fast' ? 1 : 0,
  };
  // Several simulated sources of one process may have the same name: each gets a unit of its own.
  for (let number = 1; number <= 16; number++) {
    const serial = (number === 1 ? wanted : `${wanted}/${number}`).slice(0, 31);
    const lines = Object.entries({ ...settings, serial }).map(([key, value]) => `\n${key}=${value}`);
    const code = library.call('plug', `${lines.join('')}\n`);
    if (code === 0) return serial;
    if (config.serial !== '')
      throw new DriverError('device', 'serial', `simulated scope ${serial}: ${statusText(code)}`);
  }
  throw new DriverError('device', 'simulation', 'sixteen simulated scopes are in use: close some');
}
