import { bytesPerElement, type DataArray, type Dtype, viewOf } from '@countroom/records';
import type { CompiledKernel } from '../wasm/kernel-module.js';
import { nanFinder, scanLanes } from './nan-lanes.js';
import { type Block, type Memory, type Operation, tilesOf } from './operation.js';
import { putNumber } from './put-number.js';
import { lanes, type Storage, type View } from './storage.js';

const letters: Partial<Record<Dtype, string>> = { float32: '_f32', float64: '_f64' };

/** Samples of an input column that are to be loaded. */
export interface ColumnPart {
  /** Name of the column, for explanations. */
  readonly name: string;
  /** Place of the column in the batch's schema. */
  readonly index: number;
  readonly dtype: Dtype;
  /** Samples of one row of the column. */
  readonly length: number;
  /** First sample that is loaded; the storage tells how many. */
  readonly start: number;
}

/**
 * Brings one input column, row after row, into [sample][lane] order and into the number type that is needed; less a number per
 * row, if one is given, exactly as bl_subtract takes it from what was loaded.
 */
export class LoadOperation implements Operation {
  readonly work;
  readonly reads: readonly Storage[];
  readonly writes;
  readonly scratchBytes: number;

  /** @param baseline one number per row, of the type of the target */
  constructor(
    readonly label: string,
    readonly column: ColumnPart,
    readonly target: Storage,
    private readonly baseline?: View,
  ) {
    this.work = baseline === undefined ? 'read' : 'read less baseline';
    this.reads = baseline === undefined ? [] : [baseline.storage];
    this.writes = [target];
    this.scratchBytes = target.length === 1 ? 0 : lanes * target.length * bytesPerElement(column.dtype);
  }

  bind(memory: Memory): (block: Block) => void {
    const suffix = letters[this.target.dtype];
    const kernel =
      suffix === undefined || this.target.length === 1
        ? undefined
        : memory.kernel(`load_${this.column.dtype}${suffix}`);
    const load = kernel === undefined ? this.plain(memory) : this.compiled(memory, kernel);
    const hasNotes = this.target.dtype.startsWith('float') && this.target.length > 1;
    const notes = hasNotes ? memory.nanLanes(this.target) : undefined;
    const settle = this.settler(memory);
    return (block) => {
      const tiles = tilesOf(block);
      for (let tile = 0; tile < tiles; tile += 1) {
        const found = load(block, tile);
        if (notes !== undefined) notes[tile] = settle(tile, found);
      }
    };
  }

  /** Loads one tile; tells lanes of which the row holds a NaN, and above these four bits lanes that became NaN. */
  private compiled(memory: Memory, kernel: CompiledKernel): (block: Block, tile: number) => number {
    const { index, dtype, length, start } = this.column;
    const count = this.target.length;
    const target = memory.address(this.target);
    const bytes = memory.tileStride(this.target) * bytesPerElement(this.target.dtype);
    const rows = viewOf(dtype, memory.buffer, memory.scratchAddress, lanes * count) as Float64Array;
    const { address, stride } = this.baselineIn(memory);
    return (block, tile) => {
      const source = block.columns[index]!.data as Float64Array;
      const first = block.start + tile * lanes;
      const valid = Math.min(lanes, block.rows - tile * lanes);
      if (count === length) rows.set(source.subarray(first * length, (first + valid) * length));
      else {
        for (let lane = 0; lane < valid; lane += 1) {
          const from = (first + lane) * length + start;
          rows.set(source.subarray(from, from + count), lane * count);
        }
      }
      for (let lane = valid; lane < lanes; lane += 1)
        rows.copyWithin(lane * count, (valid - 1) * count, valid * count);
      return kernel(count, memory.scratchAddress, target + tile * bytes, address + tile * stride);
    };
  }

  /** Where the numbers per row lie that are taken away, and bytes from tile to tile; address 0 when there are none. */
  private baselineIn(memory: Memory): { readonly address: number; readonly stride: number } {
    if (this.baseline === undefined) return { address: 0, stride: 0 };
    const { storage, start } = this.baseline;
    const bytes = bytesPerElement(storage.dtype);
    return {
      address: memory.address(storage) + start * lanes * bytes,
      stride: memory.tileStride(storage) * bytes,
    };
  }

  /** The same number by number. */
  private plain(memory: Memory): (block: Block, tile: number) => number {
    const { index, length: rowLength, start } = this.column;
    const { length } = this.target;
    const data = memory.array(this.target);
    const isFloat = this.target.dtype.startsWith('float') && length > 1;
    const subtract = this.plainSubtraction(memory, data);
    return (block, tile) => {
      const source = block.columns[index]!.data;
      for (let lane = 0; lane < lanes; lane += 1) {
        const row = block.start + Math.min(tile * lanes + lane, block.rows - 1);
        for (let i = 0; i < length; i += 1)
          putNumber(data, (tile * length + i) * lanes + lane, source[row * rowLength + start + i]!);
      }
      const scan = () => (isFloat ? scanLanes(data, tile * length * lanes, 1, length) : 0);
      const given = scan();
      if (subtract === undefined) return given;
      subtract(tile);
      return given | ((scan() & ~given) << 4);
    };
  }

  private plainSubtraction(memory: Memory, data: DataArray): ((tile: number) => void) | undefined {
    if (this.baseline === undefined) return undefined;
    const { storage, start } = this.baseline;
    const levels = memory.array(storage) as Float64Array;
    const stride = memory.tileStride(storage);
    const samples = data as Float64Array;
    const size = this.target.length * lanes;
    return (tile) => {
      const level = tile * stride + start * lanes;
      for (let i = 0; i < size; i += 1) samples[tile * size + i]! -= levels[level + (i % lanes)]!;
    };
  }

  /** What is noted of a tile, given what was found; rows of which the baseline or a sample is NaN become NaN as a whole. */
  private settler(memory: Memory): (tile: number, found: number) => number {
    if (this.baseline === undefined) return (_, found) => found;
    const isNan = nanFinder(memory, this.baseline);
    const samples = memory.array(this.target) as Float64Array;
    const size = this.target.length * lanes;
    return (tile, found) => {
      const whole = (found & 15) | isNan(tile);
      for (let lane = 0; lane < lanes && whole !== 0; lane += 1) {
        if ((whole & (1 << lane)) === 0) continue;
        for (let i = tile * size + lane; i < (tile + 1) * size; i += lanes) samples[i] = Number.NaN;
      }
      return whole | (found >> 4);
    };
  }
}

/** Brings a column of vectors into arrays of one length; what is missing is NaN (0 in integers), lengths apart. */
export class LoadVectorsOperation implements Operation {
  readonly work = 'read';
  readonly reads: readonly Storage[] = [];
  readonly writes;
  readonly scratchBytes = 0;

  constructor(
    readonly label: string,
    private readonly column: number,
    private readonly target: Storage,
    private readonly lengths: Storage,
    private readonly tooLong: (row: number, length: number) => Error,
  ) {
    this.writes = [target, lengths];
  }

  bind(memory: Memory): (block: Block) => void {
    const { length } = this.target;
    const data = memory.array(this.target);
    const used = memory.array(this.lengths);
    const isFloat = this.target.dtype.startsWith('float');
    const notes = memory.nanLanes(this.target);
    const missing = isFloat ? Number.NaN : 0;
    return (block) => {
      const { data: source, offsets } = block.columns[this.column]!;
      const tiles = tilesOf(block);
      for (let tile = 0; tile < tiles; tile += 1) {
        for (let lane = 0; lane < lanes; lane += 1) {
          const row = block.start + Math.min(tile * lanes + lane, block.rows - 1);
          const from = offsets?.[row] ?? 0;
          const count = (offsets?.[row + 1] ?? 0) - from;
          if (count > length) throw this.tooLong(block.firstRow + row, count);
          for (let i = 0; i < length; i += 1) {
            putNumber(data, (tile * length + i) * lanes + lane, i < count ? source[from + i]! : missing);
          }
          putNumber(used, tile * lanes + lane, count);
        }
        if (isFloat) notes[tile] = scanLanes(data, tile * length * lanes, 1, length);
      }
    };
  }
}
