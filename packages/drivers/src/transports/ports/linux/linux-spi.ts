import { PortError } from '../port-error.js';
import type { SpiMode, SpiPort } from '../ports.api.js';
import type { FixedMemory, SystemCalls } from './system-calls.js';

/** `SPI_IOC_WR_MODE` and `SPI_IOC_MESSAGE(1)` of linux/spi/spidev.h. */
const modeRequest = 0x40016b01;
const messageRequest = 0x40206b00;
/** Longest transfer. */
const most = 512;

/** A chip at an SPI bus of Linux: `/dev/spidevB.C` (linux/spi/spidev.h). */
export class LinuxSpi implements SpiPort {
  readonly name: string;
  private readonly system: SystemCalls;
  private readonly descriptor: number;
  private readonly memory: FixedMemory;
  private mode = -1;

  /** Opens the bus. Throws a PortError that names the way out. */
  constructor(system: SystemCalls, bus: number, select: number) {
    this.name = `/dev/spidev${bus}.${select}`;
    this.system = system;
    this.descriptor = system.open('spi', this.name);
    this.memory = system.memory(2 * most);
  }

  transfer(write: readonly number[], { mode, speedHz }: SpiMode): Uint8Array {
    const { length } = write;
    if (length > most) throw new RangeError(`an SPI transfer has at most ${most} bytes`);
    const { memory } = this;
    if (this.mode !== mode) this.control(modeRequest, Uint8Array.of(mode));
    this.mode = mode;
    memory.bytes.set(write, 0);
    // struct spi_ioc_transfer: addresses of both sides (64 bits on every machine), length, speed; the rest stays 0.
    const message = Buffer.alloc(32);
    message.writeBigUInt64LE(memory.address, 0);
    message.writeBigUInt64LE(memory.address + BigInt(most), 8);
    message.writeUInt32LE(length, 16);
    message.writeUInt32LE(speedHz, 20);
    this.control(messageRequest, message);
    return Uint8Array.from(memory.bytes.subarray(most, most + length));
  }

  /** Closes the bus. */
  close(): void {
    this.system.close(this.descriptor);
  }

  private control(request: number, structure: Uint8Array): void {
    const code = this.system.control(this.descriptor, request, structure);
    if (code === 0) return;
    throw new PortError('other', this.name, `${this.name} refused a transfer: error ${code}`);
  }
}
