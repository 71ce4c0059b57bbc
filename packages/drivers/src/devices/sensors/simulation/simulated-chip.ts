/** A chip at a simulated I2C bus: bytes in, bytes out. */
export interface SimulatedI2cChip {
  /** Bytes of a write, then the answer to a read of so many (0: none). */
  transfer(write: readonly number[], readLength: number): readonly number[];
}

/** A chip at a simulated SPI bus. */
export interface SimulatedSpiChip {
  /** As many bytes back as went in. */
  transfer(write: readonly number[]): readonly number[];
}

/** What a chip with registers does beside keeping them. */
export interface RegisterHooks {
  /** After a byte was written. */
  wrote?(register: number, value: number): void;
  /** Before a byte is read. */
  reads?(register: number): void;
}

/** A chip whose registers of one byte are reached by number, counting up by itself. */
export class RegisterChip implements SimulatedI2cChip {
  readonly registers = new Uint8Array(256);
  private readonly hooks: RegisterHooks;
  private pointer = 0;

  constructor(hooks: RegisterHooks = {}) {
    this.hooks = hooks;
  }

  transfer(write: readonly number[], readLength: number): readonly number[] {
    const [first, ...values] = write;
    if (first !== undefined) this.pointer = first;
    for (const value of values) {
      this.registers[this.pointer] = value;
      this.hooks.wrote?.(this.pointer, value);
      this.pointer = (this.pointer + 1) & 0xff;
    }
    return Array.from({ length: readLength }, () => {
      this.hooks.reads?.(this.pointer);
      const value = this.registers[this.pointer]!;
      this.pointer = (this.pointer + 1) & 0xff;
      return value;
    });
  }

  /** Puts bytes into the registers from one on. */
  set(register: number, ...bytes: readonly number[]): void {
    this.registers.set(bytes, register);
  }
}

/** A whole number as two bytes, highest first. */
export function big(value: number): [number, number] {
  const bits = Math.round(value) & 0xffff;
  return [bits >> 8, bits & 0xff];
}

/** A whole number as two bytes, lowest first. */
export function little(value: number): [number, number] {
  const [high, low] = big(value);
  return [low, high];
}

/** The whole number in [low, high] whose value by a growing or falling function is nearest to the wanted one. */
export function inverse(value: (code: number) => number, wanted: number, low: number, high: number): number {
  const growing = value(high) > value(low);
  let [from, to] = [low, high];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    if (value(middle) < wanted === growing) from = middle + 1;
    else to = middle;
  }
  return from;
}
