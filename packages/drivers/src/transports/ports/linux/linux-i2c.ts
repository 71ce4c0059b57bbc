import { transferFault } from '../port-error.js';
import type { I2cPort } from '../ports.api.js';
import type { FixedMemory, SystemCalls } from './system-calls.js';

/** `I2C_RDWR` of linux/i2c-dev.h: several messages in one transaction. */
const transferRequest = 0x0707;
/** `I2C_M_RD`. */
const readFlag = 1;
/** Longest message. */
const most = 512;

/** An I2C bus of Linux: `/dev/i2c-N`, by combined transactions (linux/i2c-dev.h, linux/i2c.h). */
export class LinuxI2c implements I2cPort {
  readonly name: string;
  private readonly system: SystemCalls;
  private readonly descriptor: number;
  /** Two messages' bytes, then their descriptions. */
  private readonly memory: FixedMemory;

  /** Opens the bus. Throws a PortError that names the way out. */
  constructor(system: SystemCalls, bus: number) {
    this.name = `/dev/i2c-${bus}`;
    this.system = system;
    this.descriptor = system.open('i2c', this.name);
    this.memory = system.memory(2 * most + 64);
  }

  transfer(address: number, write: readonly number[], readLength: number): Uint8Array {
    if (write.length > most || readLength > most)
      throw new RangeError(`an I2C message has at most ${most} bytes`);
    const { memory, system } = this;
    memory.bytes.set(write, 0);
    const parts = [
      { flags: 0, length: write.length, at: 0 },
      { flags: readFlag, length: readLength, at: most },
    ].filter(({ length }, index) => length > 0 || (index === 0 && readLength === 0));
    const table = 2 * most;
    parts.forEach((part, index) => this.describe(table + index * this.messageBytes, address, part));
    const structure = Buffer.alloc(2 * system.pointerBytes);
    this.pointer(structure, 0, memory.address + BigInt(table));
    structure.writeUInt32LE(parts.length, system.pointerBytes);
    const code = system.control(this.descriptor, transferRequest, structure);
    if (code !== 0) throw transferFault(this.name, address, code);
    return Uint8Array.from(memory.bytes.subarray(most, most + readLength));
  }

  /** Closes the bus. */
  close(): void {
    this.system.close(this.descriptor);
  }

  private get messageBytes(): number {
    return this.system.pointerBytes === 8 ? 16 : 12;
  }

  /** `struct i2c_msg`: address, flags, length (16 bits each), then where the bytes are. */
  private describe(at: number, address: number, part: { flags: number; length: number; at: number }): void {
    const { bytes } = this.memory;
    bytes.writeUInt16LE(address, at);
    bytes.writeUInt16LE(part.flags, at + 2);
    bytes.writeUInt16LE(part.length, at + 4);
    bytes.writeUInt16LE(0, at + 6);
    this.pointer(bytes, at + 8, this.memory.address + BigInt(part.at));
  }

  private pointer(bytes: Buffer, at: number, value: bigint): void {
    if (this.system.pointerBytes === 8) bytes.writeBigUInt64LE(value, at);
    else bytes.writeUInt32LE(Number(value), at);
  }
}
