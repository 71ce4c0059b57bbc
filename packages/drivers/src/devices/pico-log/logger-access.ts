import { DriverError } from '../../core/errors.js';
import { statusText } from '../pico-scope/sdk/status.js';
import type { PicoLogConfig } from './pico-log.config.js';
import { openLoggerLibrary, openSimulatedLogger } from './sdk/logger-library.js';
import { LoggerUnit } from './sdk/logger-unit.js';

/** The way to a unit. */
export interface LoggerAccess {
  /** The unit's clock runs as fast as it is used. */
  readonly fast: boolean;
  /** Opens the unit. Throws a DriverError when it is not there. */
  open(): LoggerUnit;
  close(): void;
}

/** Units at the vendor's library. */
export function loggerAccess({ library, serial }: PicoLogConfig): LoggerAccess {
  const loaded = openLoggerLibrary(library);
  return { fast: false, open: () => LoggerUnit.open(loaded, serial), close: () => undefined };
}

const faults = ['none', 'unplug', 'stall'];

/** Plugs a simulated unit in. Throws a DriverError when the simulated library was not built. */
export function simulatedLogger({ serial, simulation }: PicoLogConfig, source: string): LoggerAccess {
  const library = openSimulatedLogger();
  const { model, seed, pacing, fault, faultAfter, faultForMs } = simulation;
  const fast = pacing === 'fast';
  const wanted = serial === '' ? `SIM/${source}` : serial;
  // Several simulated sources of one process may have the same name: each gets a unit of its own.
  for (let number = 1; number <= 16; number++) {
    const own = (number === 1 ? wanted : `${wanted}/${number}`).slice(0, 31);
    const place = faults.indexOf(fault);
    const code = library.call(
      'plug',
      own,
      Number(model),
      BigInt(seed),
      Number(fast),
      place,
      faultAfter,
      faultForMs,
    );
    if (code === 0)
      return {
        fast,
        open: () => LoggerUnit.open(library, own),
        close: () => void library.call('unplug', own),
      };
    if (serial !== '')
      throw new DriverError('device', 'serial', `simulated PicoLog ${own}: ${statusText(code)}`);
  }
  throw new DriverError('device', 'simulation', 'sixteen simulated PicoLogs are in use: close some');
}
