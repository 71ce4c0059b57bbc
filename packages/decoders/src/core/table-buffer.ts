import {
  type ArrayOf,
  allocate,
  bytesPerElement,
  type DataArray,
  type Dtype,
  type RecordBatch,
  rowLength,
  type TableSchema,
} from '@countroom/records';

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

interface Column {
  data: DataArray;
  offsets?: Uint32Array;
  /** Numbers in use, for columns of variable length. */
  used: number;
}

/**
 * Rows of one table under construction. Full batches go to `emit`; the arrays of a batch are never touched
 * again, the next one gets new arrays.
 */
export class TableBuffer {
  /** Rows in the unfinished batch. */
  rows = 0;
  /** Rows of all batches. */
  total = 0;
  /** Changes whenever the arrays do: writers that hold arrays fetch them again. */
  generation = 0;
  private columns: Column[] = [];
  private readonly indices: ReadonlyMap<string, number>;

  constructor(
    readonly schema: TableSchema,
    readonly capacity: number,
    private readonly emit: (batch: RecordBatch) => void,
  ) {
    this.indices = new Map(schema.columns.map((column, index) => [column.name, index]));
  }

  /** Index of a new row in the current arrays. */
  reserve(): number {
    if (this.rows === this.capacity) this.flush();
    if (this.columns.length === 0) this.begin();
    this.total++;
    return this.rows++;
  }

  /** The array of a fixed-shape column; throws a RangeError when there is none of that dtype. */
  array<D extends Dtype>(name: string, dtype: D): ArrayOf[D] {
    if (this.columns.length === 0) this.begin();
    const index = this.indices.get(name) ?? -1;
    if (this.schema.columns[index]?.dtype !== dtype) {
      throw new RangeError(`table ${this.schema.name} has no column ${name} of ${dtype}`);
    }
    return this.columns[index]!.data as ArrayOf[D];
  }

  /** Adds a row by names. Columns that `cells` leaves out become 0, or empty when of variable length. */
  append(cells: Readonly<Record<string, Cell | undefined>>): void {
    const row = this.reserve();
    this.schema.columns.forEach((schema, index) => {
      const column = this.columns[index]!;
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
    if (this.rows === 0) return;
    const columns = this.columns.map(({ data, offsets }) =>
      offsets === undefined ? { data } : { data, offsets },
    );
    this.emit({ schema: this.schema, rows: this.rows, columns });
    this.rows = 0;
    this.columns = [];
  }

  private begin(): void {
    this.generation++;
    this.columns = this.schema.columns.map((column) =>
      column.variableLength
        ? { data: allocate(column.dtype, 0), offsets: new Uint32Array(this.capacity + 1), used: 0 }
        : { data: allocate(column.dtype, this.capacity * rowLength(column)), used: 0 },
    );
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

function grow(column: Column, dtype: Dtype, more: number): void {
  const length = column.used + more;
  if (length <= column.data.length) return;
  const larger = allocate(dtype, Math.max(length, 2 * column.data.length, 64));
  if (larger instanceof BigInt64Array || larger instanceof BigUint64Array)
    larger.set(column.data as BigInt64Array);
  else larger.set(column.data as Float64Array);
  column.data = larger;
}
