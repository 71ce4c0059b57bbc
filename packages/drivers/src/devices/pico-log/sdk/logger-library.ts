import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  type ForeignLibrary,
  type ForeignPrototype,
  type ForeignTable,
  openLibrary,
} from '../../../transports/ffi/foreign-library.js';

/** Functions of `libpl1000`: symbol, type of the result, types of the parameters (PicoLog 1000 Series Programmer's Guide). */
const functions: Readonly<Record<string, ForeignPrototype>> = {
  OpenUnit: ['pl1000OpenUnit', 'uint32', 'pointer'],
  CloseUnit: ['pl1000CloseUnit', 'uint32', 'int16'],
  PingUnit: ['pl1000PingUnit', 'uint32', 'int16'],
  GetUnitInfo: ['pl1000GetUnitInfo', 'uint32', 'int16', 'pointer', 'int16', 'pointer', 'uint32'],
  MaxValue: ['pl1000MaxValue', 'uint32', 'int16', 'pointer'],
  GetSingle: ['pl1000GetSingle', 'uint32', 'int16', 'int32', 'pointer'],
  SetInterval: ['pl1000SetInterval', 'uint32', 'int16', 'pointer', 'uint32', 'pointer', 'int16'],
  SetTrigger: [
    'pl1000SetTrigger',
    'uint32',
    'int16',
    'uint16',
    'uint16',
    'uint16',
    'uint16',
    'uint16',
    'uint16',
    'uint16',
    'float',
  ],
  Run: ['pl1000Run', 'uint32', 'int16', 'uint32', 'int32'],
  Ready: ['pl1000Ready', 'uint32', 'int16', 'pointer'],
  GetValues: ['pl1000GetValues', 'uint32', 'int16', 'pointer', 'pointer', 'pointer', 'pointer'],
  Stop: ['pl1000Stop', 'uint32', 'int16'],
};

const simulated: Readonly<Record<string, ForeignPrototype>> = {
  plug: ['plsim_plug', 'uint32', 'text', 'int32', 'uint64', 'int32', 'int32', 'uint32', 'uint32'],
  unplug: ['plsim_unplug', 'uint32', 'text'],
};

function tableOf(more: ForeignTable['functions'] = {}): ForeignTable {
  return { functions: { ...functions, ...more } };
}

/** Where the vendor's installers put the library, by platform. */
export function loggerLibraryPlaces(platform: NodeJS.Platform): readonly string[] {
  if (platform === 'win32') return ['C:\\Program Files\\Pico Technology\\SDK\\lib\\pl1000.dll', 'pl1000.dll'];
  if (platform === 'darwin')
    return ['/Library/Frameworks/PicoSDK.framework/Libraries/libpl1000/libpl1000.dylib', 'libpl1000.dylib'];
  return [
    '/opt/picoscope/lib/libpl1000.so.2',
    '/opt/picoscope/lib/libpl1000.so',
    'libpl1000.so.2',
    'libpl1000.so',
  ];
}

/** What to install when the library is missing, for a person. */
export function loggerRemedy(platform: NodeJS.Platform): string {
  const what = 'the driver library of the PicoLog 1000 series is not installed';
  if (platform === 'win32')
    return `${what}: install the 64-bit PicoSDK from picotech.com, then restart Countroom`;
  if (platform === 'darwin')
    return `${what}: install PicoSDK for macOS from picotech.com, then restart Countroom`;
  return `${what}: add the package source labs.picotech.com and install the package libpl1000 (Debian, Ubuntu: sudo apt install libpl1000), then restart Countroom`;
}

/** Loads the vendor's library; a path given is the only place that is looked at. */
export function openLoggerLibrary(path: string): ForeignLibrary {
  const { platform } = process;
  const places = path === '' ? loggerLibraryPlaces(platform) : [path];
  const remedy = path === '' ? loggerRemedy(platform) : `${path} is no library of the PicoLog 1000 series`;
  return openLibrary(places, tableOf(), 'pl1000', remedy);
}

function simulatedPath(): string {
  const ending = process.platform === 'darwin' ? 'dylib' : process.platform === 'win32' ? 'dll' : 'so';
  return fileURLToPath(new URL(`../../../../build/picolog-simulator/libpl1000.${ending}`, import.meta.url));
}

/** Whether loggers can be simulated here: the set-up builds the library where there is a C compiler. */
export function picoLogSimulationBuilt(): boolean {
  return existsSync(simulatedPath());
}

/** Loads the simulated library. Throws a DriverError when it was not built. */
export function openSimulatedLogger(): ForeignLibrary {
  const remedy =
    'PicoLogs cannot be simulated here: their library is built by the set-up with a C compiler; install one (Debian, Ubuntu: sudo apt install gcc) and run ./countroom build';
  return openLibrary([simulatedPath()], tableOf(simulated), 'simulation', remedy);
}
