import { samplesAt } from '../../core/samples.js';

/** Word 0 of a packet: bit 31 set means one word of 6-bit id and 26 bits of data. */
export function isShortWord(word0: number): boolean {
  return word0 >>> 31 === 1;
}

/** Id of a packet as it stands in word 0 and in the header's data description, as an unsigned number. */
export function dataIdOf(word0: number): number {
  return (word0 & (isShortWord(word0) ? 0xfc000000 : 0xfffc0000)) >>> 0;
}

/** Length field of a long packet, words; 0 when the length is in the next word. */
export function lengthFieldOf(word0: number): number {
  return word0 & 0x3ffff;
}

/**
 * One packet: a view on bytes that are someone else's, filled again for each packet. Words behind its end read as 0.
 * The payload are the words behind the id and the length, which take one word, or two in extended packets.
 */
export class OrcaPacket {
  /** See dataIdOf. */
  dataId = 0;
  /** Words including word 0. */
  words = 0;
  /** Words before the payload: 0 in short packets, whose data are in word 0. */
  headWords = 0;
  bytes: Uint8Array = new Uint8Array(0);
  /** Position of word 0 in `bytes`. */
  start = 0;
  /** False in files of big-endian machines, before their words are turned round. */
  littleEndian = true;
  private view: DataView = new DataView(new ArrayBuffer(0));

  /** Where packets lie from now on. */
  use(bytes: Uint8Array): void {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Words of the payload. */
  get payloadWords(): number {
    return this.words - this.headWords;
  }

  /** Position of the payload in `bytes`. */
  get payloadStart(): number {
    return this.start + 4 * this.headWords;
  }

  /** The payload, not copied. */
  get payload(): Uint8Array {
    return this.bytes.subarray(this.payloadStart, this.start + 4 * this.words);
  }

  /** A word of the payload, unsigned. */
  word(index: number): number {
    return this.has(4 * index, 4) ? this.view.getUint32(this.payloadStart + 4 * index, this.littleEndian) : 0;
  }

  /** A word of the payload, signed. */
  int32(index: number): number {
    return this.word(index) | 0;
  }

  /** A word of the payload as a float32. */
  float32(index: number): number {
    return this.has(4 * index, 4)
      ? this.view.getFloat32(this.payloadStart + 4 * index, this.littleEndian)
      : 0;
  }

  /** Half a word of the payload; the low half of a word comes first. */
  uint16(index: number): number {
    return (this.word(index >> 1) >>> (16 * (index & 1))) & 0xffff;
  }

  /**
   * 16-bit samples from a word of the payload on, low half of each word first; zeros for those behind the end. They are
   * a view on the packet when that is possible: copy what is to be kept.
   */
  samples(index: number, count: number): Uint16Array {
    const start = this.payloadStart + 4 * index;
    const there = Math.max(0, Math.min(count, (this.start + 4 * this.words - start) >> 1));
    if (there === count) return samplesAt(this.view, start, count);
    const samples = new Uint16Array(count);
    samples.set(samplesAt(this.view, start, there));
    return samples;
  }

  private has(offset: number, length: number): boolean {
    const end = offset + length;
    return offset >= 0 && end <= 4 * this.payloadWords && this.payloadStart + end <= this.bytes.length;
  }
}
