import { DriverError } from '../../../core/errors.js';
import { hex } from '../../../transports/ports/port-error.js';
import type { I2cPort, PortTime } from '../../../transports/ports/ports.api.js';

/** A chip at an I2C bus whose registers have numbers of one byte. */
export class I2cChip {
  readonly title: string;
  readonly address: number;
  private readonly port: I2cPort;

  /** @param address as the settings have it: `0x48` */
  constructor(port: I2cPort, address: string, title: string) {
    this.port = port;
    this.address = Number(address);
    this.title = title;
  }

  /** Where it is, for a person. */
  get place(): string {
    return `${this.port.name} ${hex(this.address)}`;
  }

  /** So many bytes from a register on. */
  read(register: number, length: number): DataView {
    return this.exchange([register], length);
  }

  byte(register: number): number {
    return this.read(register, 1).getUint8(0);
  }

  write(register: number, ...bytes: readonly number[]): void {
    this.port.transfer(this.address, [register, ...bytes], 0);
  }

  /** Any bytes out, then so many in. */
  exchange(write: readonly number[], length: number): DataView {
    const bytes = this.port.transfer(this.address, write, length);
    return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Throws a DriverError when a chip of another kind is at the address. Returns its identity. */
  identify(found: number, wanted: readonly number[]): number {
    if (wanted.includes(found)) return found;
    const names = wanted.map((id) => hex(id)).join(' or ');
    throw this.error(
      `answers as ${hex(found)}, not as ${names}: another chip has this address; choose its kind, or the other address`,
    );
  }

  /** Looks every `stepMs` until it is done. Throws a DriverError when that takes longer than `mostMs`. */
  async until(time: PortTime, done: () => boolean, stepMs: number, mostMs: number): Promise<void> {
    const lastNs = time.nowNs() + BigInt(Math.round(mostMs * 1e6));
    while (!done()) {
      if (time.nowNs() > lastNs) {
        throw this.error(
          `did not finish a conversion within ${mostMs} ms: its supply is too weak, or another program sets it up as well`,
        );
      }
      await time.sleep(stepMs);
    }
  }

  /** An error of this chip. */
  error(text: string): DriverError {
    return new DriverError('device', this.place, `${this.title} at ${this.place} ${text}`);
  }
}
