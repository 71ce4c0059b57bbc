import { constants } from 'node:zlib';
import { deflateBytes } from './deflate-pool.js';

/** Chunks after which both ways are compared again. */
const chunksPerChoice = 32;
/** How much larger than at the level that was asked for the result of the fast way may be. */
const tolerated = 1.03;
/** From this level on what is asked for is small size, not speed. */
const smallSizeLevel = 7;
/** Below this many bytes both ways take no time. */
const worthwhile = 16 << 10;
/** What is compared: so many bytes from the beginning, where shuffled numbers have their low bytes, and from the end. */
const sampleBytes = 24 << 10;

function sampleOf(bytes: Uint8Array): Uint8Array {
  if (bytes.byteLength <= 2 * sampleBytes) return bytes;
  const sample = new Uint8Array(2 * sampleBytes);
  sample.set(bytes.subarray(0, sampleBytes));
  sample.set(bytes.subarray(bytes.byteLength - sampleBytes), sampleBytes);
  return sample;
}

/** Bytes of all parts together. */
export function bytesOf(parts: readonly Uint8Array[]): number {
  return parts.reduce((sum, { byteLength }) => sum + byteLength, 0);
}

/**
 * Deflates the chunks of one dataset. Sampled waveforms are noise in their low bytes and runs in their high ones: looking for
 * repetitions finds runs and little else, at twice the time. So a part of one chunk in 32 is made both ways, and the next ones in
 * the faster way when that costs at most 3 % of size (recorded germanium and SiPM waveforms: 1 %). The same chunks give the same bytes.
 */
export class Deflater {
  readonly #level: number;
  #chunks = 0;
  #runsOnly: Promise<boolean> = Promise.resolve(false);

  constructor(level: number) {
    this.#level = level;
  }

  /** The deflated form of the next chunk, in parts; made on the threads that Node.js keeps for such work. */
  async deflate(bytes: Uint8Array): Promise<Uint8Array[]> {
    if (this.#level >= smallSizeLevel || bytes.byteLength < worthwhile) return this.#make(bytes, false);
    if (this.#chunks % chunksPerChoice === 0) this.#runsOnly = this.#compare(sampleOf(bytes));
    this.#chunks += 1;
    return this.#make(bytes, await this.#runsOnly);
  }

  async #compare(sample: Uint8Array): Promise<boolean> {
    const [thorough, fast] = await Promise.all([this.#make(sample, false), this.#make(sample, true)]);
    return bytesOf(fast) <= bytesOf(thorough) * tolerated;
  }

  #make(bytes: Uint8Array, runsOnly: boolean): Promise<Uint8Array[]> {
    return deflateBytes(bytes, this.#level, runsOnly ? constants.Z_RLE : constants.Z_DEFAULT_STRATEGY);
  }
}
