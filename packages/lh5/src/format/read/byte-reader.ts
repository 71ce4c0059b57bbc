/** The address that stands for none, as a number. */
export const noAddress = Number.POSITIVE_INFINITY;

/** Something in a file contradicts the format. */
export class Damage extends Error {
  override readonly name = 'Damage';
}

/** Takes little-endian bytes apart; reading past the end is a {@link Damage}. */
export class ByteReader {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly #view: DataView;
  position: number;

  constructor(bytes: Uint8Array<ArrayBuffer>, position = 0) {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.position = position;
  }

  /** Bytes behind the position. */
  get left(): number {
    return this.bytes.byteLength - this.position;
  }

  u8(): number {
    return this.#view.getUint8(this.#take(1));
  }

  u16(): number {
    return this.#view.getUint16(this.#take(2), true);
  }

  u32(): number {
    return this.#view.getUint32(this.#take(4), true);
  }

  /** 64 bits as a number; more than 2^53 is a {@link Damage}. */
  u64(): number {
    const value = this.#view.getBigUint64(this.#take(8), true);
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new Damage(`a length of ${value.toString()} bytes`);
    return Number(value);
  }

  /** An extent, where all ones stand for unlimited. */
  extent(): number {
    const value = this.#view.getBigUint64(this.#take(8), true);
    if (value === 2n ** 64n - 1n) return Number.POSITIVE_INFINITY;
    this.position -= 8;
    return this.u64();
  }

  /** An address; {@link noAddress} for none. */
  address(): number {
    return this.extent();
  }

  /** An integer of `bytes` bytes, at most 6. */
  integer(bytes: number): number {
    let value = 0;
    for (let k = 0; k < bytes; k += 1) value += this.u8() * 2 ** (8 * k);
    return value;
  }

  take(count: number): Uint8Array<ArrayBuffer> {
    const at = this.#take(count);
    return this.bytes.subarray(at, at + count);
  }

  skip(count: number): this {
    this.#take(count);
    return this;
  }

  /** A text in ASCII of so many bytes. */
  ascii(count: number): string {
    return String.fromCharCode(...this.take(count));
  }

  /** Bytes up to a zero, which is passed over. */
  terminated(): Uint8Array<ArrayBuffer> {
    const end = this.bytes.indexOf(0, this.position);
    if (end < 0) throw new Damage('a name does not end');
    const found = this.take(end - this.position);
    this.position += 1;
    return found;
  }

  /** Fails unless these letters follow. */
  expect(letters: string): this {
    const found = this.ascii(letters.length);
    if (found !== letters) throw new Damage(`${letters} is expected where there is something else`);
    return this;
  }

  /** Fails unless this version follows. */
  version(expected: number, what: string): this {
    const found = this.u8();
    if (found !== expected) throw new Damage(`${what} of version ${found}`);
    return this;
  }

  #take(count: number): number {
    const at = this.position;
    if (count < 0 || at + count > this.bytes.byteLength) throw new Damage('a description ends too early');
    this.position = at + count;
    return at;
  }
}
