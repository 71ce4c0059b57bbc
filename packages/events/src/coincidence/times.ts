import type { DataArray } from '@countroom/records';
import { EventError } from '../errors.js';

/**
 * Numbers of clustering columns as float64 without loss. 64-bit integers are taken relative to the first one that is
 * seen: differences below 2⁵³ stay exact (104 days in ns), larger ones are refused.
 */
export class ExactTimes {
  private base: bigint | undefined;
  private kind: 'integer' | 'float' | undefined;

  /** @param column its name, for error texts */
  constructor(private readonly column: string) {}

  /** The numbers of a block. Throws an EventError for NaN, too large differences, and integers mixed with floats. */
  take(data: DataArray, table: string): Float64Array {
    const big = data instanceof BigInt64Array || data instanceof BigUint64Array;
    const kind = big ? 'integer' : 'float';
    this.kind ??= kind;
    if (kind !== this.kind) {
      throw new EventError(
        `column ${this.column} of ${table} and of other tables have different types: ` +
          'clustering columns must be 64-bit integers everywhere or nowhere',
      );
    }
    return big ? this.relative(data, table) : this.floats(data, table);
  }

  private floats(data: Exclude<DataArray, BigInt64Array | BigUint64Array>, table: string): Float64Array {
    const times = data instanceof Float64Array ? data : Float64Array.from(data);
    for (let i = 0; i < times.length; i++) {
      if (Number.isNaN(times[i])) {
        throw new EventError(`column ${this.column} of ${table} holds NaN: leave such hits out first`);
      }
    }
    return times;
  }

  private relative(data: BigInt64Array | BigUint64Array, table: string): Float64Array {
    const times = new Float64Array(data.length);
    if (data.length === 0) return times;
    const base = (this.base ??= data[0]!);
    // Halves of 32 bits: BigInt arithmetic per hit would be an order of magnitude slower.
    const words = new Int32Array(data.buffer, data.byteOffset, 2 * data.length);
    const low = new Uint32Array(data.buffer, data.byteOffset, 2 * data.length);
    const unsigned = data instanceof BigUint64Array;
    const high: Int32Array | Uint32Array = unsigned ? low : words;
    const baseHigh = Number(base >> 32n);
    const baseLow = Number(base & 0xffffffffn);
    for (let i = 0; i < times.length; i++) {
      const difference = (high[2 * i + 1]! - baseHigh) * 4294967296 + (low[2 * i]! - baseLow);
      if (difference > Number.MAX_SAFE_INTEGER || difference < -Number.MAX_SAFE_INTEGER) {
        throw new EventError(
          `column ${this.column} of ${table} lies more than 2^53 away from the first hit: these are not times of one run`,
        );
      }
      times[i] = difference;
    }
    return times;
  }
}
