import { DriverError } from '../../../core/errors.js';
import {
  type ForeignLibrary,
  type ForeignPrototype,
  type ForeignTable,
  type ForeignType,
  openLibrary,
} from '../../../transports/ffi/foreign-library.js';
import type { FamilyName } from '../settings/families.js';
import { prototypes } from './prototypes.generated.js';

/** Where vendors' installers put the libraries, by platform. */
export function libraryPlaces(family: FamilyName, platform: NodeJS.Platform): readonly string[] {
  const name = `ps${family}`;
  if (platform === 'win32') {
    return [`C:\\Program Files\\Pico Technology\\SDK\\lib\\${name}.dll`, `${name}.dll`];
  }
  if (platform === 'darwin') {
    return [
      `/Library/Frameworks/PicoSDK.framework/Libraries/lib${name}/lib${name}.dylib`,
      `/Applications/PicoScope 7 T&M.app/Contents/Resources/lib${name}.dylib`,
      `lib${name}.dylib`,
    ];
  }
  return [
    `/opt/picoscope/lib/lib${name}.so.2`,
    `/opt/picoscope/lib/lib${name}.so`,
    `lib${name}.so.2`,
    `lib${name}.so`,
  ];
}

/** What to install when a library is missing, for a person. */
export function libraryRemedy(family: FamilyName, platform: NodeJS.Platform): string {
  const name = `ps${family}`;
  const what = `the PicoScope driver library of the family ${family} is not installed`;
  if (platform === 'win32')
    return `${what}: install the 64-bit PicoSDK from picotech.com, then restart Countroom`;
  if (platform === 'darwin')
    return `${what}: install PicoSDK for macOS from picotech.com, then restart Countroom`;
  return `${what}: add the package source labs.picotech.com and install the package lib${name} (Debian, Ubuntu: sudo apt install lib${name}), then restart Countroom`;
}

/** Loads the vendor's library of a family; a path given is the only place that is looked at. */
export function openScopeLibrary(family: FamilyName, path: string): ForeignLibrary {
  const { platform } = process;
  const places = path === '' ? libraryPlaces(family, platform) : [path];
  const remedy =
    path === '' ? libraryRemedy(family, platform) : `${path} is no PicoScope library of the family ${family}`;
  return openLibrary(places, tableOf(family), `ps${family}`, remedy);
}

/** Functions of a family by their short names. */
export function tableOf(family: FamilyName): ForeignTable {
  const { callback, functions } = prototypes[family];
  const parsed = Object.entries(functions).map(([name, line]) => [name, line.split(' ')]);
  return {
    callback: callback.split(' ') as [ForeignType, ...ForeignType[]],
    functions: Object.fromEntries(parsed) as Record<string, ForeignPrototype>,
  };
}

const simulatorFunctions: Readonly<Record<string, ForeignPrototype>> = {
  plug: ['picosim_plug', 'uint32', 'text'],
  unplug: ['picosim_unplug', 'uint32', 'text'],
  truth: ['picosim_truth', 'uint32', 'int16', 'uint64', 'pointer'],
  particles: ['picosim_particles', 'double', 'int16'],
};

/** Loads a simulated library, which has the vendor's functions and its own. Throws a DriverError when it was not built. */
export function openSimulatedLibrary(family: FamilyName, path: string): ForeignLibrary {
  const table = tableOf(family);
  const extended = { ...table, functions: { ...table.functions, ...simulatorFunctions } };
  const remedy =
    'PicoScopes cannot be simulated here: their library is built by the set-up with a C compiler; install one (Debian, Ubuntu: sudo apt install gcc) and run ./countroom build';
  const library = openLibrary([path], extended, 'simulation', remedy);
  if (!library.has('plug')) throw new DriverError('device', 'simulation', `${path} is no simulated library`);
  return library;
}
