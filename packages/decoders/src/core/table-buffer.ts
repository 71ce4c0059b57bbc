import {
  type ArrayOf,
  allocate,
  bytesPerElement,
  type ColumnSchema,
  type DataArray,
  type Dtype,
  type RecordBatch,
  rowLength,
  type TableSchema,
  viewOf,
} from '@countroom/records';
import { type Block, type BlockColumn, BlockPool } from './block-pool.js';

/** Value of one cell: a number, or the numbers of one row of a column of several. */
export type Cell = number | bigint | boolean | ArrayLike<number> | ArrayLike<bigint>;

/** A cell as plain JSON: integers of 64 bits are texts. */
export type StoredCell = number | boolean | string | readonly (number | string)[];

/** A cell to be kept as JSON. Numbers that JSON does not have (NaN, infinities) become texts as well. */
export function storedCell(cell: Cell): StoredCell {
  if (typeof cell === 'boolean') return cell;
  return typeof cell === 'object' ? Array.from(cell, storedNumber) : storedNumber(cell);
}

/** The cell that storedCell was given. */
export function restoredCell(cell: StoredCell): Cell {
  if (typeof cell === 'boolean') return cell;
  if (typeof cell !== 'object') return restoredNumber(cell);
  return cell.map(restoredNumber) as number[] | bigint[];
}

function storedNumber(value: number | bigint): number | string {
  if (typeof value === 'bigint') return `${value}n`;
  if (Object.is(value, -0)) return '-0';
  return Number.isFinite(value) ? value : String(value);
}

function restoredNumber(value: number | string): number | bigint {
  if (typeof value === 'number') return value;
  return value.endsWith('n') ? BigInt(value.slice(0, -1)) : Number(value);
}

/** Memory for batches to come, of all conversions of this thread: fresh arrays cost more time than decoding does. */
const pool = new BlockPool(8 << 20);

/**
 * Rows of one table under construction. Full batches go to `emit`; the arrays of a batch are not touched again, unless it says
 * with `release` that nobody uses them any more: then a later batch is made in them.
 */
export class TableBuffer {
  /** Rows in the unfinished batch. */
  rows = 0;
  /** Rows of all batches. */
  total = 0;
  /** Changes whenever the arrays do: writers that hold arrays fetch them again. */
  generation = 0;
  private block: Block | undefined;
  /** Blocks are used again for tables of the same shape. */
  private readonly shape: string;
  private readonly indices: ReadonlyMap<string, number>;

  constructor(
    readonly schema: TableSchema,
    readonly capacity: number,
    private readonly emit: (batch: RecordBatch, release: () => void) => void,
  ) {
    this.indices = new Map(schema.columns.map((column, index) => [column.name, index]));
    const columns = schema.columns.map(
      ({ dtype, shape, variableLength }) => `${dtype} ${variableLength ? '*' : shape.join(' ')}`,
    );
    this.shape = `${capacity}: ${columns.join()}`;
  }

  /** Index of a new row in the current arrays. */
  reserve(): number {
    if (this.rows === this.capacity) this.flush();
    this.block ??= this.begin();
    this.total++;
    return this.rows++;
  }

  /** The array of a fixed-shape column; throws a RangeError when there is none of that dtype. */
  array<D extends Dtype>(name: string, dtype: D): ArrayOf[D] {
    this.block ??= this.begin();
    const index = this.indices.get(name) ?? -1;
    if (this.schema.columns[index]?.dtype !== dtype) {
      throw new RangeError(`table ${this.schema.name} has no column ${name} of ${dtype}`);
    }
    return this.block.columns[index]!.data as ArrayOf[D];
  }

  /** Adds a row by names. Columns that `cells` leaves out become 0, or empty when of variable length. */
  append(cells: Readonly<Record<string, Cell | undefined>>): void {
    const row = this.reserve();
    const { columns } = this.block!;
    this.schema.columns.forEach((schema, index) => {
      const column = columns[index]!;
      const cell = cells[schema.name];
      if (column.offsets !== undefined) {
        const values = cell === undefined ? [] : listOf(cell);
        grow(column, schema.dtype, values.length);
        store(column.data, column.used, values);
        column.used += values.length;
        column.offsets[row + 1] = column.used;
      } else if (cell !== undefined) {
        const length = rowLength(schema);
        store(column.data, row * length, listOf(cell), length);
      }
    });
  }

  /** Emits the unfinished batch, if it has rows. */
  flush(): void {
    const { block, rows } = this;
    if (block === undefined || rows === 0) return;
    const columns = block.columns.map(({ data, offsets }) =>
      offsets === undefined ? { data } : { data, offsets },
    );
    this.rows = 0;
    this.block = undefined;
    this.emit({ schema: this.schema, rows, columns }, () => {
      pool.give(this.shape, block);
    });
  }

  private begin(): Block {
    this.generation++;
    return pool.take(this.shape) ?? this.newBlock();
  }

  /** The columns of fixed shape lie one behind the other in one piece of memory: many small ones cost time and room. */
  private newBlock(): Block {
    const memory = new ArrayBuffer(
      this.schema.columns.reduce((sum, column) => sum + this.bytesOf(column), 0),
    );
    let at = 0;
    const columns = this.schema.columns.map((column) => {
      if (column.variableLength)
        return { data: allocate(column.dtype, 0), offsets: new Uint32Array(this.capacity + 1), used: 0 };
      const data = viewOf(column.dtype, memory, at, this.capacity * rowLength(column));
      at += this.bytesOf(column);
      return { data, used: 0 };
    });
    return { memory: new Uint8Array(memory), columns };
  }

  /** Bytes of a column of fixed shape in a full batch, up to the next multiple of 8. */
  private bytesOf(column: ColumnSchema): number {
    if (column.variableLength) return 0;
    return Math.ceil((this.capacity * rowLength(column) * bytesPerElement(column.dtype)) / 8) * 8;
  }
}

/** Bytes of one row of a schema; columns of variable length are taken as eight numbers. */
export function rowBytes(schema: TableSchema): number {
  return schema.columns.reduce(
    (sum, column) => sum + bytesPerElement(column.dtype) * (column.variableLength ? 8 : rowLength(column)),
    0,
  );
}

function listOf(cell: Cell): ArrayLike<number> | ArrayLike<bigint> {
  if (typeof cell === 'bigint') return [cell];
  return typeof cell === 'object' ? cell : [Number(cell)];
}

function store(
  data: DataArray,
  at: number,
  values: ArrayLike<number> | ArrayLike<bigint>,
  most = values.length,
): void {
  const count = Math.min(most, values.length);
  if (data.constructor === values.constructor && count === values.length) {
    (data as Float64Array).set(values as Float64Array, at);
    return;
  }
  const big = data instanceof BigInt64Array || data instanceof BigUint64Array;
  for (let i = 0; i < count; i++) {
    const value = values[i]!;
    if (big) data[at + i] = BigInt(value);
    else data[at + i] = Number(value);
  }
}

function grow(column: BlockColumn, dtype: Dtype, more: number): void {
  const length = column.used + more;
  if (length <= column.data.length) return;
  const larger = allocate(dtype, Math.max(length, 2 * column.data.length, 64));
  if (larger instanceof BigInt64Array || larger instanceof BigUint64Array)
    larger.set(column.data as BigInt64Array);
  else larger.set(column.data as Float64Array);
  column.data = larger;
}
