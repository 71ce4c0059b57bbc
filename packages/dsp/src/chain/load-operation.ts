import { bytesPerElement, type Dtype, viewOf } from '@countroom/records';
import { scanLanes } from './nan-lanes.js';
import { type Block, type Memory, type Operation, tilesOf } from './operation.js';
import { putNumber } from './put-number.js';
import { lanes, type Storage } from './storage.js';

const letters: Partial<Record<Dtype, string>> = { float32: '_f32', float64: '_f64' };

/** Brings one input column, row after row, into [sample][lane] order and into the number type that is needed. */
export class LoadOperation implements Operation {
  readonly work = 'read';
  readonly reads: readonly Storage[] = [];
  readonly writes;
  readonly scratchBytes: number;

  /** @param column place of the column in the batch's schema */
  constructor(
    readonly label: string,
    private readonly column: number,
    private readonly dtype: Dtype,
    private readonly target: Storage,
  ) {
    this.writes = [target];
    this.scratchBytes = target.length === 1 ? 0 : lanes * target.length * bytesPerElement(dtype);
  }

  bind(memory: Memory): (block: Block) => void {
    const { length } = this.target;
    const suffix = letters[this.target.dtype];
    const kernel =
      suffix === undefined || length === 1 ? undefined : memory.kernel(`load_${this.dtype}${suffix}`);
    if (kernel === undefined) return this.plain(memory);
    const target = memory.address(this.target);
    const bytes = memory.tileStride(this.target) * bytesPerElement(this.target.dtype);
    const notes = memory.nanLanes(this.target);
    const rows = viewOf(this.dtype, memory.buffer, memory.scratchAddress, lanes * length) as Float64Array;
    return (block) => {
      const source = block.columns[this.column]!.data as Float64Array;
      const tiles = tilesOf(block);
      for (let tile = 0; tile < tiles; tile += 1) {
        const first = block.start + tile * lanes;
        const valid = Math.min(lanes, block.rows - tile * lanes);
        rows.set(source.subarray(first * length, (first + valid) * length));
        for (let lane = valid; lane < lanes; lane += 1)
          rows.copyWithin(lane * length, (valid - 1) * length, valid * length);
        notes[tile] = kernel(length, memory.scratchAddress, target + tile * bytes) >> 4;
      }
    };
  }

  private plain(memory: Memory): (block: Block) => void {
    const { length } = this.target;
    const data = memory.array(this.target);
    const isFloat = this.target.dtype.startsWith('float');
    const notes = memory.nanLanes(this.target);
    return (block) => {
      const source = block.columns[this.column]!.data;
      const tiles = tilesOf(block);
      for (let tile = 0; tile < tiles; tile += 1) {
        for (let lane = 0; lane < lanes; lane += 1) {
          const row = block.start + Math.min(tile * lanes + lane, block.rows - 1);
          for (let i = 0; i < length; i += 1)
            putNumber(data, (tile * length + i) * lanes + lane, source[row * length + i]!);
        }
        if (isFloat && length > 1) notes[tile] = scanLanes(data, tile * length * lanes, 1, length);
      }
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
