import type { DataArray, Dtype } from '@countroom/records';

/** Lanes of a tile: rows that are worked on together, sample by sample. */
export const lanes = 4;

/**
 * The memory of one variable: per tile of four rows `length` samples of four lanes. Where it lies is decided when
 * the whole chain is known (memory-plan.ts). A constant has one tile, the same for all rows, and its data here.
 */
export class Storage {
  /** Content of a constant, four lanes; undefined for what is computed per row. */
  constant: DataArray | undefined;

  constructor(
    readonly dtype: Dtype,
    readonly length: number,
    readonly label: string,
  ) {}
}

/** Samples start, start + step, … of a storage, `shape` of them; an empty shape is one number per row. */
export interface View {
  readonly storage: Storage;
  readonly start: number;
  readonly step: number;
  readonly shape: readonly number[];
}

/** Number of samples of a shape (1 for a scalar). */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1);
}

/** All of a storage. */
export function wholeOf(storage: Storage, shape: readonly number[]): View {
  return { storage, start: 0, step: 1, shape };
}
