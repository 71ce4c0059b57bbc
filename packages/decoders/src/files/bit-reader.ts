/** Bits from bytes that come in chunks, the highest first. Throws a RangeError where the bytes end. */
export class BitReader {
  private bytes = new Uint8Array(0);
  private next = 0;
  private end = 0;
  private kept = 0;
  private keptBits = 0;

  /** Whole bytes that have not been touched. */
  get bytesLeft(): number {
    return this.end - this.next;
  }

  /** Adds bytes; they are copied. */
  push(chunk: Uint8Array): void {
    const left = this.bytesLeft;
    if (this.end + chunk.length > this.bytes.length) {
      const room = left + chunk.length > this.bytes.length ? 2 * (left + chunk.length) : this.bytes.length;
      const bytes = room === this.bytes.length ? this.bytes : new Uint8Array(room);
      bytes.set(this.bytes.subarray(this.next, this.end));
      this.bytes = bytes;
      this.next = 0;
      this.end = left;
    }
    this.bytes.set(chunk, this.end);
    this.end += chunk.length;
  }

  /** The next `count` bits as a number, at most 24. */
  bits(count: number): number {
    while (this.keptBits < count) {
      if (this.next === this.end) throw new RangeError('it ends too early');
      this.kept = (this.kept << 8) | this.bytes[this.next++]!;
      this.keptBits += 8;
    }
    this.keptBits -= count;
    return (this.kept >>> this.keptBits) & ((1 << count) - 1);
  }

  /** The next 32 bits. */
  word(): number {
    return this.bits(16) * 65_536 + this.bits(16);
  }

  /** Leaves out the bits up to the next whole byte. */
  align(): void {
    this.keptBits -= this.keptBits % 8;
  }
}
