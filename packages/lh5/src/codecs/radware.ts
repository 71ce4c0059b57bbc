import { Lh5Error } from '../errors.js';

/** Most samples of one radware_sigcompress code. */
export const mostRadwareSamples = 32_767;
const modeOffset = 32;

function fail(reason: string): never {
  throw new Lh5Error('data-inconsistent', `the code radware_sigcompress ${reason}`);
}

function int16(value: number): number {
  return (value << 16) >> 16;
}

/** Reads a stream of big-endian 16-bit words, and fields of bits that run over word borders. */
class WordReader {
  position = 0;
  constructor(readonly code: Uint8Array) {}

  word(): number {
    const at = this.position * 2;
    const high = this.code[at];
    const low = this.code[at + 1];
    if (high === undefined || low === undefined) return fail('ends too early');
    this.position += 1;
    return (high << 8) | low;
  }

  /** `count` fields of `bits` (at most 16) bits; the rest of the last word is skipped. */
  fields(count: number, bits: number, use: (field: number) => void): void {
    let kept = 0;
    let rest = 0;
    for (let k = 0; k < count; k += 1) {
      while (kept < bits) {
        rest = ((rest & ((1 << kept) - 1)) << 16) | this.word();
        kept += 16;
      }
      kept -= bits;
      use((rest >>> kept) & ((1 << bits) - 1));
    }
  }
}

/**
 * Decodes one radware sigcompress stream (version 1.0) into `out`; returns the number of samples. `shift` was added to the
 * samples before encoding. Throws an `Lh5Error` when the stream is cut off or contradicts itself.
 */
export function decodeRadware(code: Uint8Array, shift: number, out: Int32Array): number {
  const words = new WordReader(code);
  const total = words.word();
  if (total > out.length) fail(`holds ${total} samples where ${out.length} are expected`);
  let count = 0;
  while (count < total) {
    const samples = words.word();
    const mode = words.word();
    if (samples === 0 || count + samples > total)
      fail(`holds a section of ${samples} samples at sample ${count} of ${total}`);
    const differences = mode > modeOffset;
    const bits = differences ? mode - modeOffset : mode;
    if (bits < 1 || bits > 16) fail(`holds a section of ${bits} bits per sample`);
    let value = int16(words.word());
    const base = differences ? int16(words.word()) : value;
    if (differences) {
      out[count] = value - shift;
      count += 1;
    }
    words.fields(differences ? samples - 1 : samples, bits, (field) => {
      value = int16((differences ? value : 0) + field + base);
      out[count] = value - shift;
      count += 1;
    });
  }
  return count;
}

interface Section {
  readonly samples: number;
  readonly bits: number;
  readonly differences: boolean;
  readonly minimum: number;
}

function bitsFor(range: number): number {
  let bits = 2;
  while (range > 2 ** bits - 1) bits += 1;
  return bits;
}

const lookAhead = 48;
const longestSection = 128;

function extent(
  samples: Int32Array,
  first: number,
  last: number,
): { min: number; max: number; minStep: number; maxStep: number } {
  let min = samples[first]!;
  let max = min;
  let minStep = 16_000;
  let maxStep = -16_000;
  for (let k = first + 1; k < last; k += 1) {
    const value = samples[k]!;
    const step = value - samples[k - 1]!;
    if (value < min) min = value;
    if (value > max) max = value;
    if (step < minStep) minStep = step;
    if (step > maxStep) maxStep = step;
  }
  return { min, max, minStep, maxStep };
}

function planSection(samples: Int32Array, first: number): Section {
  const looked = Math.min(first + lookAhead, samples.length);
  const { min, max, minStep, maxStep } = extent(samples, first, looked);
  const differences = max - min > maxStep - minStep;
  const bits = bitsFor(differences ? maxStep - minStep : max - min);
  let low = differences ? minStep : min;
  let high = differences ? maxStep : max;
  let last = looked;
  const end = Math.min(first + longestSection, samples.length);
  for (; last < end; last += 1) {
    const next = differences ? samples[last]! - samples[last - 1]! : samples[last]!;
    if (Math.max(high, next) - Math.min(low, next) > 2 ** bits - 1) break;
    low = Math.min(low, next);
    high = Math.max(high, next);
  }
  return { samples: last - first, bits, differences, minimum: low };
}

/** Writes a stream of big-endian 16-bit words and of fields of bits that run over word borders. */
class WordWriter {
  readonly #code: Uint8Array<ArrayBuffer>;
  #at = 0;
  #kept = 0;
  #rest = 0;

  constructor(mostWords: number) {
    this.#code = new Uint8Array(2 * mostWords);
  }

  word(value: number): void {
    this.#code[this.#at] = value >>> 8;
    this.#code[this.#at + 1] = value;
    this.#at += 2;
  }

  field(value: number, bits: number): void {
    this.#rest = (this.#rest << bits) | value;
    this.#kept += bits;
    if (this.#kept < 16) return;
    this.#kept -= 16;
    this.word(this.#rest >>> this.#kept);
    this.#rest &= (1 << this.#kept) - 1;
  }

  finishFields(): void {
    if (this.#kept > 0) this.word(this.#rest << (16 - this.#kept));
    this.#kept = 0;
    this.#rest = 0;
  }

  /** The code so far, filled up to an even number of words. */
  finish(): Uint8Array<ArrayBuffer> {
    if (this.#at % 4 !== 0) this.word(0);
    return this.#code.slice(0, this.#at);
  }
}

function writeSection(words: WordWriter, samples: Int32Array, first: number, section: Section): void {
  words.word(section.samples);
  words.word(section.bits + (section.differences ? modeOffset : 0));
  if (section.differences) words.word(samples[first]!);
  words.word(section.minimum);
  for (let k = first + (section.differences ? 1 : 0); k < first + section.samples; k += 1) {
    const value = section.differences ? samples[k]! - samples[k - 1]! : samples[k]!;
    words.field(value - section.minimum, section.bits);
  }
  words.finishFields();
}

/**
 * Encodes samples as radware sigcompress 1.0, byte for byte as the original. `shift` is added to each sample; the sums must
 * fit into int16 and there may be at most 32767 samples, else an `Lh5Error` is thrown.
 */
export function encodeRadware(samples: ArrayLike<number>, shift: number): Uint8Array<ArrayBuffer> {
  if (samples.length > mostRadwareSamples)
    throw new Lh5Error(
      'argument-invalid',
      `radware_sigcompress takes at most ${mostRadwareSamples} samples, not ${samples.length}`,
    );
  const shifted = new Int32Array(samples.length);
  for (let k = 0; k < shifted.length; k += 1) shifted[k] = samples[k]! + shift;
  const outside = shifted.find((value) => value !== int16(value));
  if (outside !== undefined)
    throw new Lh5Error(
      'argument-invalid',
      `radware_sigcompress takes 16-bit samples; with the shift ${shift} one is ${outside}`,
    );
  // Per section at most four head words and one unfinished word; one word for the length and one to end evenly.
  const words = new WordWriter(shifted.length + 5 * Math.ceil(shifted.length / lookAhead) + 2);
  words.word(samples.length);
  for (let first = 0; first < shifted.length; ) {
    const section = planSection(shifted, first);
    writeSection(words, shifted, first, section);
    first += section.samples;
  }
  return words.finish();
}
