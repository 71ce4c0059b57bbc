import { type ColumnType, columnAt, toVector, typeOf, type Vector } from '@countroom/expressions';
import { type InputTable, StageError, type TableReader } from '@countroom/pipeline';
import type { DataArray } from '@countroom/records';
import { readRows } from '../files/read-rows.js';
import { pathOf } from './block-columns.js';
import type { SkimJoin } from './skim-options.js';
import { stage } from './skim-texts.js';

/**
 * A table whose rows go with others by time: the nearest, the last before or the first after, within a tolerance. Its
 * times are kept in memory (8 bytes per row), its other columns are read where they are needed. A row without a partner
 * has NaN; whole numbers come as float64 for that.
 */
export class TimeJoin {
  private constructor(
    private readonly options: SkimJoin,
    private readonly reader: TableReader,
    private readonly table: InputTable,
    private readonly times: Float64Array,
    private readonly base: bigint | undefined,
  ) {}

  /** Reads the times of the table. Throws a StageError for a missing table, and times that go back. */
  static async open(
    options: SkimJoin,
    place: string,
    inputs: ReadonlyMap<string, TableReader>,
  ): Promise<TimeJoin> {
    const reader = inputs.get(options.from);
    const tables = (await reader?.tables(1)) ?? [];
    const table = tables.find(({ path }) => path === options.table);
    if (reader === undefined || table === undefined) {
      const known = reader === undefined ? [...inputs.keys()] : tables.map(({ path }) => path);
      const what =
        reader === undefined ? `from: there is no ${options.from}` : `table: there is no ${options.table}`;
      throw new StageError(stage, `${place}.${what}; there are ${known.join(', ') || 'none'}`);
    }
    const block = await reader.read(table.path, [0, table.rows], [pathOf(table.sample, options.on)]);
    const column = columnAt(block, options.on);
    if (column?.kind !== 'array' || column.shape.length !== 1)
      throw new StageError(stage, `${place}.on: ${options.on} of ${table.path} is no time per row`);
    const big = column.data instanceof BigInt64Array || column.data instanceof BigUint64Array;
    const base = big ? ((column.data as BigInt64Array)[0] ?? 0n) : undefined;
    const times = relative(column.data, base);
    for (let i = 1; i < times.length; i++) {
      if (!(times[i]! >= times[i - 1]!))
        throw new StageError(
          stage,
          `${place}: row ${i} of ${table.path} is earlier than the one before; sort it first`,
        );
    }
    return new TimeJoin(options, reader, table, times, base);
  }

  /** Names of its columns. */
  get columns(): readonly string[] {
    return [...this.table.sample.columns]
      .filter(([, column]) => typeOf(column) !== undefined)
      .map(([name]) => name);
  }

  /** Type of a column; throws a StageError for one that it does not have. */
  typeOf(column: string): ColumnType {
    const found = columnAt(this.table.sample, column);
    const type = found === undefined ? undefined : typeOf(found);
    if (type?.depth === 0 && type.kind !== 'complex128')
      return { kind: type.kind === 'float32' ? 'float32' : 'float64', depth: 0 };
    throw new StageError(
      stage,
      `${this.options.name}.${column}: ${this.table.path} has no such column of one number per row; it has ${this.columns.join(', ')}`,
    );
  }

  /** For each time the row that goes with it; −1 where there is none. */
  rowsAt(times: Vector): Int32Array {
    const own = relative(times.data, this.base);
    const { tolerance, direction } = this.options;
    return Int32Array.from(own, (time) => {
      const after = firstFrom(this.times, time);
      // An equal time is both before and after.
      const before = this.times[after] === time ? after : after - 1;
      const gap = (row: number): number => Math.abs((this.times[row] ?? Number.NaN) - time);
      const near = (row: number): number => (gap(row) <= tolerance ? row : -1);
      if (direction === 'before') return near(before);
      if (direction === 'after') return near(after);
      return gap(before) <= gap(after) || after >= this.times.length ? near(before) : near(after);
    });
  }

  /** Values of a column at rows; NaN at −1. */
  async values(column: string, rows: Int32Array): Promise<Vector> {
    const { kind } = this.typeOf(column);
    const wanted = Int32Array.from(new Set(rows.filter((row) => row >= 0).sort()));
    const place = new Map(Array.from(wanted, (row, i) => [row, i]));
    const block = await readRows(this.reader, this.table.path, wanted, [pathOf(this.table.sample, column)]);
    const { data } = toVector(columnAt(block, column)!);
    const out = kind === 'float32' ? new Float32Array(rows.length) : new Float64Array(rows.length);
    rows.forEach((row, i) => {
      out[i] = row < 0 ? Number.NaN : Number(data[place.get(row)!]);
    });
    return { kind, data: out, step: 1 };
  }
}

/** Times as float64; 64-bit integers relative to a base, so that differences stay exact. */
function relative(data: DataArray, base: bigint | undefined): Float64Array {
  if (data instanceof BigInt64Array || data instanceof BigUint64Array)
    return Float64Array.from(data as BigInt64Array, (time) => Number(time - (base ?? 0n)));
  return Float64Array.from(data, (time) => time - Number(base ?? 0n));
}

function firstFrom(times: Float64Array, limit: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
