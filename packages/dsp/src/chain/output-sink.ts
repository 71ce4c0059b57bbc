import { allocate, type ColumnData, type DataArray, rowLength, viewOf } from '@countroom/records';
import { type Block, type Memory, tilesOf } from './operation.js';
import type { OutputColumn } from './output.js';
import { lanes, sizeOf, type View } from './storage.js';

/** Takes the rows of one output column out of a chain's memory. */
export interface ColumnSink {
  /** Makes an empty column of so many rows. */
  start(rows: number): void;
  /** Writes the rows of a block, from row `block.start` on. */
  write(block: Block): void;
  /** Hands the column over. */
  finish(): ColumnData;
}

/** Rows from [sample][lane] order, number by number. */
function plainWriter(view: View, memory: Memory): (block: Block, target: DataArray) => void {
  const data = memory.array(view.storage) as Float64Array;
  const stride = memory.tileStride(view.storage);
  const count = sizeOf(view.shape);
  return (block, column) => {
    const target = column as Float64Array;
    for (let row = 0; row < block.rows; row += 1) {
      const from = (row >> 2) * stride + view.start * lanes + (row & 3);
      const to = (block.start + row) * count;
      for (let i = 0; i < count; i += 1) target[to + i] = data[from + i * view.step * lanes]!;
    }
  };
}

const storeKernels: Partial<Record<string, string>> = { float32: 'store_f32', float64: 'store_f64' };

/** Rows of floats by a compiled transposition. */
function rowWriter(view: View, memory: Memory): (block: Block, target: DataArray) => void {
  const count = sizeOf(view.shape);
  const kernel = memory.kernel(storeKernels[view.storage.dtype] ?? '');
  const isPlain = count === 1 || view.step !== 1 || view.storage.constant !== undefined;
  if (kernel === undefined || isPlain) return plainWriter(view, memory);
  const bytes = memory.array(view.storage).BYTES_PER_ELEMENT;
  const address = memory.address(view.storage) + view.start * lanes * bytes;
  const stride = memory.tileStride(view.storage) * bytes;
  const rows = viewOf(
    view.storage.dtype,
    memory.buffer,
    memory.scratchAddress,
    lanes * count,
  ) as Float64Array;
  return (block, target) => {
    const tiles = tilesOf(block);
    for (let tile = 0; tile < tiles; tile += 1) {
      const valid = Math.min(lanes, block.rows - tile * lanes);
      kernel(count, address + tile * stride, memory.scratchAddress);
      const from = valid === lanes ? rows : rows.subarray(0, valid * count);
      (target as Float64Array).set(from, (block.start + tile * lanes) * count);
    }
  };
}

class FixedSink implements ColumnSink {
  private data: DataArray;
  private readonly writeRows: (block: Block, target: DataArray) => void;

  constructor(
    private readonly output: OutputColumn,
    memory: Memory,
  ) {
    this.data = allocate(output.schema.dtype, 0);
    this.writeRows = rowWriter(output.view, memory);
  }

  start(rows: number): void {
    this.data = allocate(this.output.schema.dtype, rows * rowLength(this.output.schema));
  }

  write(block: Block): void {
    this.writeRows(block, this.data);
  }

  finish(): ColumnData {
    return { data: this.data };
  }
}

/** The used elements of each row, one row behind the other; grows as needed. */
class VectorSink implements ColumnSink {
  private data: DataArray;
  private offsets = new Uint32Array(1);
  private readonly source: Float64Array;
  private readonly lengths: DataArray;

  constructor(
    private readonly view: View,
    private readonly length: View,
    private readonly memory: Memory,
  ) {
    this.data = allocate(view.storage.dtype, 0);
    this.source = memory.array(view.storage) as Float64Array;
    this.lengths = memory.array(length.storage);
  }

  start(rows: number): void {
    this.data = allocate(this.view.storage.dtype, 0);
    this.offsets = new Uint32Array(rows + 1);
  }

  write(block: Block): void {
    const { view, length, memory } = this;
    const stride = memory.tileStride(view.storage);
    const lengthStride = memory.tileStride(length.storage);
    const capacity = sizeOf(view.shape);
    for (let row = 0; row < block.rows; row += 1) {
      const tile = row >> 2;
      const lane = row & 3;
      const used = Number(this.lengths[tile * lengthStride + length.start * lanes + lane]);
      const count = Number.isNaN(used) ? 0 : Math.min(used, capacity);
      const start = this.offsets[block.start + row]!;
      this.makeRoom(start + count);
      const target = this.data as Float64Array;
      const from = tile * stride + view.start * lanes + lane;
      for (let i = 0; i < count; i += 1) target[start + i] = this.source[from + i * view.step * lanes]!;
      this.offsets[block.start + row + 1] = start + count;
    }
  }

  finish(): ColumnData {
    return { data: this.data, offsets: this.offsets };
  }

  private makeRoom(needed: number): void {
    if (needed <= this.data.length) return;
    const larger = allocate(
      this.view.storage.dtype,
      Math.max(needed, 2 * this.data.length, 64),
    ) as Float64Array;
    larger.set(this.data as Float64Array);
    this.data = larger;
  }
}

/** How an output leaves the chain's memory. */
export function sinkOf(output: OutputColumn, memory: Memory): ColumnSink {
  if (output.length === undefined) return new FixedSink(output, memory);
  return new VectorSink(output.view, output.length, memory);
}
