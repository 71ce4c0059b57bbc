/** The address that stands for none. */
export const noAddress = 2n ** 64n - 1n;

/** Puts little-endian bytes together; grows as needed. */
export class ByteWriter {
  #bytes = new Uint8Array(256);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  /** Bytes written so far. */
  get length(): number {
    return this.#length;
  }

  u8(value: number): this {
    const at = this.#take(1);
    this.#view.setUint8(at, value);
    return this;
  }

  u16(value: number): this {
    const at = this.#take(2);
    this.#view.setUint16(at, value, true);
    return this;
  }

  u32(value: number): this {
    const at = this.#take(4);
    this.#view.setUint32(at, value, true);
    return this;
  }

  u64(value: number | bigint): this {
    const at = this.#take(8);
    this.#view.setBigUint64(at, BigInt(value), true);
    return this;
  }

  bytes(value: Uint8Array): this {
    const at = this.#take(value.byteLength);
    this.#bytes.set(value, at);
    return this;
  }

  /** Text in ASCII. */
  ascii(value: string): this {
    for (let k = 0; k < value.length; k += 1) this.u8(value.charCodeAt(k));
    return this;
  }

  zeros(count: number): this {
    this.#take(count);
    return this;
  }

  /** Zeros up to the next multiple of 8. */
  pad8(): this {
    return this.zeros((8 - (this.#length % 8)) % 8);
  }

  /** Everything written, in memory that is not used again. */
  finish(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#length);
  }

  #take(count: number): number {
    const at = this.#length;
    this.#length += count;
    if (this.#length > this.#bytes.byteLength) {
      const larger = new Uint8Array(Math.max(this.#length, 2 * this.#bytes.byteLength));
      larger.set(this.#bytes);
      this.#bytes = larger;
      this.#view = new DataView(larger.buffer);
    }
    return at;
  }
}

/** The next multiple of 8. */
export function align8(value: number): number {
  return Math.ceil(value / 8) * 8;
}
