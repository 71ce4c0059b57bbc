import { DriverError } from '../../../core/errors.js';
import type { ForeignLibrary } from '../../../transports/ffi/foreign-library.js';
import { ScopeError, status, statusText } from '../sdk/status.js';
import type { FamilyName } from '../settings/families.js';
import { ModernUnit } from './modern-unit.js';
import type { ScopeUnit } from './scope-unit.js';
import { Unit2000 } from './unit-2000.js';
import { Unit4000 } from './unit-4000.js';
import { Unit4000a } from './unit-4000a.js';

/** A unit that nobody has opened. */
export interface FoundUnit {
  readonly serial: string;
}

/** Serial numbers of the units that nobody has opened. The oldest family cannot list them. */
export function listUnits(library: ForeignLibrary, family: FamilyName): FoundUnit[] {
  if (family === '2000') return [];
  const count = new Int16Array(1);
  const text = new Uint8Array(2048);
  const length = new Int16Array([text.length]);
  if (library.call('EnumerateUnits', count, text, length) !== status.ok) return [];
  const end = text.indexOf(0);
  const serials = Buffer.from(text.subarray(0, end < 0 ? 0 : end)).toString('latin1');
  return serials
    .split(',')
    .map((serial) => serial.trim())
    .filter((serial) => serial !== '')
    .slice(0, count[0])
    .map((serial) => ({ serial }));
}

/**
 * Opens a unit by its serial number, or the first free one. Throws a DriverError `device` that lists the units that
 * are there and says what to look at.
 */
export function openUnit(library: ForeignLibrary, family: FamilyName, serial: string): ScopeUnit {
  const { handle, code } = family === '2000' ? openOld(library, serial) : openModern(library, family, serial);
  if (code !== status.ok || handle <= 0) throw notOpened(library, family, serial, code);
  if (family === '2000') return checked(new Unit2000(library, handle), serial);
  if (family === '4000') return new Unit4000(library, handle);
  return family === '4000a' ? new Unit4000a(library, handle) : new ModernUnit(library, handle);
}

function openModern(
  library: ForeignLibrary,
  family: FamilyName,
  serial: string,
): { handle: number; code: number } {
  const handle = new Int16Array(1);
  const name = serial === '' ? null : new Uint8Array(Buffer.from(`${serial}\0`, 'latin1'));
  const bySerial = family !== '4000' || name !== null;
  const call = family === '4000' && bySerial ? 'OpenUnitEx' : 'OpenUnit';
  let code = bySerial ? library.call(call, handle, name) : library.call(call, handle);
  if (code === status.powerNotConnected || code === status.usb3OnUsb2) {
    code = library.call('ChangePowerSource', handle[0]!, code);
  }
  return { handle: handle[0]!, code };
}

/** The oldest interface opens one unit after the other: those that were not meant are closed again. */
function openOld(library: ForeignLibrary, serial: string): { handle: number; code: number } {
  const others: number[] = [];
  let handle = library.call('open_unit');
  while (handle > 0 && serial !== '' && new Unit2000(library, handle).facts.serial !== serial) {
    others.push(handle);
    handle = library.call('open_unit');
  }
  for (const other of others) library.call('close_unit', other);
  return { handle, code: handle > 0 ? status.ok : handle < 0 ? status.notResponding : status.notFound };
}

function checked(unit: Unit2000, serial: string): Unit2000 {
  if (serial === '' || unit.facts.serial === serial) return unit;
  unit.close();
  throw new ScopeError(serial, 'open_unit', status.notFound);
}

function notOpened(library: ForeignLibrary, family: FamilyName, serial: string, code: number): DriverError {
  const wanted = serial === '' ? `a PicoScope of the family ${family}` : `PicoScope ${serial}`;
  if (code !== status.notFound)
    return new DriverError('device', 'serial', `${wanted} could not be opened: ${statusText(code)}`);
  const there = listUnits(library, family).map((unit) => unit.serial);
  const list = there.length === 0 ? 'no free unit is there' : `free units are ${there.join(', ')}`;
  const help =
    process.platform === 'linux'
      ? 'look at the cable, and that this user is in the group pico (sudo usermod -aG pico <user>, then log in again)'
      : 'look at the cable, and that no other program uses it';
  return new DriverError('device', 'serial', `${wanted} was not found: ${list}; ${help}`);
}
