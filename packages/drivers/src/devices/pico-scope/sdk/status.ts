import { DriverError } from '../../../core/errors.js';

/** Status codes that the driver reacts to. */
export const status = {
  ok: 0,
  notFound: 0x03,
  notResponding: 0x07,
  invalidHandle: 0x0c,
  invalidParameter: 0x0d,
  invalidTimeBase: 0x0e,
  tooManySamples: 0x1d,
  busy: 0x27,
  powerNotConnected: 0x11a,
  usb3OnUsb2: 0x11e,
} as const;

const meanings: Readonly<Record<number, string>> = {
  0x01: 'too many units are open',
  0x02: 'the driver has no memory',
  0x03: 'no unit was found',
  0x05: 'another program is just opening it',
  0x06: 'the operation failed',
  0x07: 'the unit does not respond: it was unplugged, or lost its power',
  0x0c: 'the unit is not open any more',
  0x0d: 'a value was not accepted',
  0x0e: 'the time base cannot be had with these channels',
  0x0f: 'the range does not exist on this unit',
  0x10: 'the channel does not exist on this unit',
  0x11: 'the trigger channel does not exist or is not on',
  0x13: 'the unit has no signal generator',
  0x1a: 'the unit has no equivalent-time sampling',
  0x1d: 'the memory holds fewer samples',
  0x1e: 'the memory cannot be cut into so many segments',
  0x24: 'the unit is taking data',
  0x25: 'there are no samples',
  0x26: 'there is no such segment',
  0x27: 'the unit is busy',
  0x2c: 'the trigger cannot be used so',
  0x2e: 'the signal generator cannot do this',
  0x33: 'the offset cannot be had at this range',
  0x3a: 'it was cancelled',
  0x46: 'no memory was given for the data',
  0x110: 'equivalent-time sampling is not running',
  0x11a: 'the power supply is not connected',
  0x11c: 'the power supply is too weak',
  0x11e: 'a USB 3 unit is at a USB 2 port',
};

/** What a status code of the vendor's library means, for a person. */
export function statusText(code: number): string {
  const hex = `0x${code.toString(16).toUpperCase().padStart(2, '0')}`;
  return meanings[code] === undefined ? `status ${hex}` : `${meanings[code]} (status ${hex})`;
}

/** An error of the unit with its status code. */
export class ScopeError extends DriverError {
  readonly status: number;

  constructor(place: string, call: string, code: number) {
    super('device', place, `${place}: ${call} was refused: ${statusText(code)}`);
    this.status = code;
  }

  /** True when the unit is gone, and may come back. */
  get gone(): boolean {
    return [status.notFound, status.notResponding, status.invalidHandle].includes(this.status as 3);
  }
}
