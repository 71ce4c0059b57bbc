/** Numbers that a spool's thread shows to its owner through shared memory. */
const places = {
  writtenRows: 0,
  writtenBatches: 1,
  writtenBytes: 2,
  durableRows: 3,
  durableBatches: 4,
  durableBytes: 5,
  freeBytes: 6,
} as const;

/** Name of a shared number. */
export type SpoolNumber = keyof typeof places;

/** Shared numbers of one spool. */
export class SharedSpoolNumbers {
  readonly buffer: SharedArrayBuffer;
  private readonly values: BigInt64Array;

  constructor(buffer: SharedArrayBuffer = new SharedArrayBuffer(8 * Object.keys(places).length)) {
    this.buffer = buffer;
    this.values = new BigInt64Array(buffer);
  }

  get(name: SpoolNumber): bigint {
    return Atomics.load(this.values, places[name]);
  }

  set(name: SpoolNumber, value: bigint): void {
    Atomics.store(this.values, places[name], value);
  }
}
