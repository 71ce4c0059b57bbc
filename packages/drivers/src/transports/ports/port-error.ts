import { DriverError } from '../../core/errors.js';

/** Why a port did not do what it was asked. */
export type PortFault = 'missing' | 'permission' | 'no-answer' | 'busy' | 'other';

/** An error of a bus or a pin; the message names the way out. */
export class PortError extends DriverError {
  readonly fault: PortFault;

  constructor(fault: PortFault, place: string, message: string) {
    super('device', place, message);
    this.fault = fault;
  }
}

/** Kinds of ports, with what opens them on a Raspberry Pi and the group that may use them. */
const kinds = {
  i2c: { what: 'I2C bus', parameter: 'dtparam=i2c_arm=on', group: 'i2c' },
  spi: { what: 'SPI bus', parameter: 'dtparam=spi=on', group: 'spi' },
  gpio: { what: 'chip of pins', parameter: '', group: 'gpio' },
  'one-wire': { what: 'one-wire bus', parameter: 'dtoverlay=w1-gpio', group: '' },
} as const;

/** Which way a port goes. */
export type PortKind = keyof typeof kinds;

/** Numbers of Linux for what can go wrong. */
export const errno = {
  EPERM: 1,
  ENOENT: 2,
  EIO: 5,
  ENXIO: 6,
  EACCES: 13,
  EBUSY: 16,
  ENODEV: 19,
  EINVAL: 22,
  EREMOTEIO: 121,
  ETIMEDOUT: 110,
} as const;

/** A port that could not be opened, by the system's code (`ENOENT`, `EACCES` …). */
export function openFault(kind: PortKind, path: string, code: string): PortError {
  const { what, parameter, group } = kinds[kind];
  if (code === 'ENOENT' || code === 'ENODEV' || code === 'ENXIO') {
    const remedy =
      parameter === ''
        ? 'give the number of one that is there (gpiodetect lists them)'
        : `on a Raspberry Pi add ${parameter} to /boot/firmware/config.txt (or use raspi-config, Interface Options) and start the machine anew; else give the number of a bus that is there`;
    return new PortError('missing', path, `there is no ${what} ${path}: ${remedy}`);
  }
  if (code === 'EACCES' || code === 'EPERM') {
    const remedy =
      group === ''
        ? 'let the user who runs Countroom read it'
        : `add the user who runs Countroom to the group ${group} (sudo usermod -aG ${group} <user>), log in again and restart Countroom; in a container, hand ${path} in`;
    return new PortError('permission', path, `${path} may not be opened: ${remedy}`);
  }
  if (code === 'EBUSY')
    return new PortError('busy', path, `${path} is in use by another program: end that first`);
  return new PortError('other', path, `${path} could not be opened: ${code}`);
}

/** An address in the usual writing. */
export function hex(value: number, digits = 2): string {
  return `0x${value.toString(16).padStart(digits, '0')}`;
}

/** A transaction with an address that failed, by the number of the system's error. */
export function transferFault(path: string, address: number, code: number): PortError {
  const place = `${path} ${hex(address)}`;
  const bus = /(\d+)$/.exec(path)?.[1] ?? '1';
  if (code === errno.EBUSY) {
    return new PortError(
      'busy',
      place,
      `address ${hex(address)} of ${path} belongs to a driver of the system: remove its overlay`,
    );
  }
  const silent: readonly number[] = [errno.ENXIO, errno.EREMOTEIO, errno.EIO, errno.ENODEV, errno.ETIMEDOUT];
  if (silent.includes(code)) {
    const detail = code === errno.ETIMEDOUT ? 'the bus hangs' : 'nothing answers';
    return new PortError(
      'no-answer',
      place,
      `${detail} at address ${hex(address)} of ${path}: check supply, ground, both wires (SDA, SCL) and the address; i2cdetect -y ${bus} shows who answers`,
    );
  }
  return new PortError(
    'other',
    place,
    `address ${hex(address)} of ${path} could not be reached: error ${code}`,
  );
}
