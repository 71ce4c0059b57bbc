import { type Dtype, type RecordBatch, rowLength } from '@countroom/records';
import { DSPFatal } from '../errors.js';
import { isComplex, type NumberType, storedType } from '../spec/number-types.js';
import { parseUnit } from '../units/unit-registry.js';
import type { ChainBuilder } from './builder.js';
import { fitsInto } from './casting.js';
import { atZero, type Grid, unitGrid } from './grid.js';
import { LoadVectorsOperation } from './load-operation.js';
import { Storage, wholeOf } from './storage.js';
import { Variable } from './variable.js';

/** The sampling period of a waveform column, which must be the same in all rows. */
export interface PeriodCheck {
  readonly field: string;
  readonly column: number;
  readonly period: number;
}

/** Columns of a batch by path, as variables of a chain. */
export class InputTable {
  readonly periodChecks: PeriodCheck[] = [];
  private readonly places: ReadonlyMap<string, number>;

  constructor(private readonly batch: RecordBatch) {
    this.places = new Map(batch.schema.columns.map(({ name }, index) => [name, index]));
  }

  /** True when the table has a column or nested table of that name. */
  has(field: string): boolean {
    return this.columnsOf(field).length > 0;
  }

  /** Names of all columns and nested tables. */
  fields(): string[] {
    return [...new Set([...this.places.keys()].map((path) => path.split('/')[0] ?? ''))];
  }

  /** Places of all columns that belong to a field: itself, or the columns of the nested table. */
  columnsOf(field: string): number[] {
    return this.batch.schema.columns.flatMap(({ name }, index) =>
      name === field || name.startsWith(`${field}/`) ? [index] : [],
    );
  }

  /** Makes a variable of a field. Throws a ProcessingChainError when it is absent or of another kind. */
  link(builder: ChainBuilder, field: string): void {
    const values = this.places.get(`${field}/values`);
    const plain = this.places.get(field);
    const index = values ?? plain;
    if (index === undefined) {
      throw builder.fail(
        `nothing makes '${field}' and the input table has no such column (it has ${this.fields().join(', ')})`,
      );
    }
    const schema = this.batch.schema.columns[index]!;
    const variable = builder.variable(field);
    const declared = variable.dtype;
    variable.dtype = schema.dtype;
    variable.unit = schema.units;
    if (declared !== undefined && isComplex(declared)) this.linkComplex(builder, variable, index, declared);
    else if (schema.variableLength) this.linkVectors(builder, variable, index);
    else {
      const storage = builder.load({ index, dtype: schema.dtype }, rowLength(schema), field);
      variable.shape = schema.shape;
      variable.view = wholeOf(storage, schema.shape);
    }
    if (values === undefined) this.settlePlain(variable, schema.units);
    else {
      variable.coordinate = 'none';
      variable.grid = this.gridOf(builder, field);
    }
  }

  /** A column whose last axis holds real and imaginary parts. */
  private linkComplex(builder: ChainBuilder, variable: Variable, index: number, type: NumberType): void {
    const schema = this.batch.schema.columns[index]!;
    if (schema.variableLength || schema.shape.at(-1) !== 2 || !fitsInto(schema.dtype, storedType(type))) {
      throw builder.fail(
        `'${variable.name}' cannot be read as ${type}: its last axis must hold the real and the imaginary part`,
      );
    }
    const storage = builder.load({ index, dtype: schema.dtype }, rowLength(schema), variable.name);
    variable.dtype = type;
    variable.shape = schema.shape.slice(0, -1);
    variable.view = builder.cast(wholeOf(storage, schema.shape), storedType(type));
  }

  private settlePlain(variable: Variable, units: string | undefined): void {
    const unit = parseUnit(units);
    const isTime = unit !== undefined && unit.powers.some((power) => power !== 0);
    variable.grid = isTime ? unitGrid(unit) : null;
    variable.coordinate = isTime ? 'point' : 'none';
  }

  private linkVectors(builder: ChainBuilder, variable: Variable, index: number): void {
    const { offsets } = this.batch.columns[index]!;
    let longest = 0;
    for (let row = 0; row < this.batch.rows; row += 1) {
      longest = Math.max(longest, (offsets?.[row + 1] ?? 0) - (offsets?.[row] ?? 0));
    }
    const [declared] = variable.shape ?? [];
    const capacity = declared ?? Math.max(1, 2 * longest);
    if (declared === undefined) {
      builder.warn(
        `${variable.name}: room for ${capacity.toString()} elements per row, twice the longest of the first rows; declare it as ${variable.name}(shape=…)`,
      );
    }
    variable.shape = [capacity];
    const { dtype } = this.batch.schema.columns[index]!;
    const storage = new Storage(dtype, capacity, variable.name);
    const lengths = new Variable(`len(${variable.name})`);
    lengths.dtype = 'uint32';
    lengths.shape = [];
    lengths.grid = null;
    lengths.coordinate = 'none';
    lengths.view = wholeOf(new Storage('uint32', 1, lengths.name), []);
    variable.vectorLength = lengths;
    variable.view = wholeOf(storage, [capacity]);
    const tooLong = (row: number, length: number) =>
      new DSPFatal(
        `'${variable.name}' has ${length.toString()} elements, the chain was set up for ${capacity.toString()}: declare it as ${variable.name}(shape=${length.toString()})`,
        { row },
      );
    builder.operations.push(
      new LoadVectorsOperation(variable.name, index, storage, lengths.view.storage, tooLong),
    );
  }

  private gridOf(builder: ChainBuilder, field: string): Grid | null {
    const dtPlace = this.places.get(`${field}/dt`);
    const unit = dtPlace === undefined ? undefined : parseUnit(this.batch.schema.columns[dtPlace]?.units);
    if (dtPlace === undefined || unit === undefined) return null;
    const first = this.batch.rows === 0 ? 1 : Number(this.batch.columns[dtPlace]!.data[0]!);
    this.periodChecks.push({ field, column: dtPlace, period: first });
    const period = { kind: 'quantity' as const, value: first, unit };
    const t0Place = this.places.get(`${field}/t0`);
    if (t0Place === undefined) return { period, offset: atZero };
    const schema = this.batch.schema.columns[t0Place]!;
    const t0 = new Variable(`${field}.t0`);
    t0.dtype = schema.dtype;
    t0.shape = [];
    t0.view = wholeOf(builder.load({ index: t0Place, dtype: schema.dtype }, 1, t0.name), []);
    const scale = { ...period, value: 1, unit: parseUnit(schema.units) ?? unit };
    return { period, offset: { fixed: 0, terms: [{ variable: t0, scale }] } };
  }
}

/** Stops when a row's sampling period is not the one that the chain was planned for. */
export function checkPeriods(checks: readonly PeriodCheck[], batch: RecordBatch, firstRow: number): void {
  for (const { field, column, period } of checks) {
    const { data } = batch.columns[column]!;
    for (let row = 0; row < batch.rows; row += 1) {
      if (Number(data[row]) !== period) {
        throw new DSPFatal(
          `'${field}' has a sampling period of ${String(data[row])} where the chain was planned for ${period.toString()}: process such rows as a table of their own`,
          { row: firstRow + row },
        );
      }
    }
  }
}

/** Types of columns that a plan depends on, in a form that two batches can be compared by. */
export function layoutOf(batch: RecordBatch): string {
  const one = (dtype: Dtype, shape: readonly number[], variable: boolean) =>
    `${dtype}[${shape.join()}]${variable ? 'v' : ''}`;
  return batch.schema.columns
    .map(({ name, dtype, shape, variableLength }) => `${name}:${one(dtype, shape, variableLength)}`)
    .join(' ');
}
