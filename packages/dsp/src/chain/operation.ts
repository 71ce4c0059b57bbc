import type { ColumnData, DataArray } from '@countroom/records';
import type { CompiledKernel } from '../wasm/kernel-module.js';
import type { Storage } from './storage.js';

/** The rows that are being worked on. */
export interface Block {
  /** Columns of the input batch, in the order of its schema. */
  columns: readonly ColumnData[];
  /** First row of the block within the batch. */
  start: number;
  /** Rows of the block; a last tile that is not full holds its last row several times. */
  rows: number;
  /** Number of the batch's first row, for messages. */
  firstRow: number;
}

/** Where operations find their data. Arrays stay the same for the life of the chain. */
export interface Memory {
  /** All tiles of a storage, [tile][sample][lane]; one tile for a constant. */
  array(storage: Storage): DataArray;
  /** Elements from one tile to the next; 0 for a constant. */
  tileStride(storage: Storage): number;
  /** Byte address for kernels. */
  address(storage: Storage): number;
  /** One byte per tile: bit l is set when the array of lane l holds a NaN. Meaningful for arrays of floats. */
  nanLanes(storage: Storage): Uint8Array;
  /** Bytes that a kernel or a transfer may use while it runs. */
  readonly scratchAddress: number;
  readonly buffer: ArrayBufferLike;
  kernel(name: string): CompiledKernel | undefined;
}

/** One step of a chain. */
export interface Operation {
  /** Key of the processor it belongs to. */
  readonly label: string;
  /** What it does, in a word or two: the name of a kernel, or `read`, `formula` …; for explanations. */
  readonly work?: string;
  readonly reads: readonly Storage[];
  readonly writes: readonly Storage[];
  /** Bytes of working memory that it needs. */
  readonly scratchBytes: number;
  /** Prepares the step; what it returns runs it on one block and allocates nothing. */
  bind(memory: Memory): (block: Block) => void;
}

/** Tiles that hold the rows of a block. */
export function tilesOf(block: Block): number {
  return Math.ceil(block.rows / 4);
}
