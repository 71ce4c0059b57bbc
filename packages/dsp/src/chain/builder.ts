import { allocate, type DataArray, type Dtype, isBigDtype } from '@countroom/records';
import { type ConfigPath, ProcessingChainError } from '../errors.js';
import { isCompatible } from '../units/unit.js';
import { constantIn } from './casting.js';
import type { ChainFiles } from './chain-files.js';
import { ConvertOperation, conversionOf } from './convert-operation.js';
import {
  type BigFormula,
  ElementwiseOperation,
  type Formula,
  type VectorFormula,
} from './elementwise-operation.js';
import { type Grid, sameGrid } from './grid.js';
import { type ColumnPart, LoadOperation } from './load-operation.js';
import { runOnce } from './memory-plan.js';
import type { Operation } from './operation.js';
import { lanes, Storage, sizeOf, type View, wholeOf } from './storage.js';
import { type Value, Variable } from './variable.js';

/** Results that the reference computes otherwise; `dspeed` keeps its numbers, for comparison with stored ones. */
export type Compatibility = 'none' | 'dspeed';

/** Something that was decided for the configuration's author. */
export interface ChainWarning {
  readonly message: string;
  /** Key of the processor, or the name of an input. */
  readonly processor: string;
  /** What in the configuration it is about, when that is known. */
  readonly path: ConfigPath | undefined;
}

/**
 * The chain while it is being built: its variables and the operations so far. Operations on constants are run at
 * once. Conversions of types and grids are made once and shared.
 */
export class ChainBuilder {
  readonly operations: Operation[] = [];
  readonly variables = new Map<string, Variable>();
  readonly warnings: ChainWarning[] = [];
  /** Key of the processor that is being added. */
  label = '';
  /** What of the configuration is being added, as close as it is known. */
  place: ConfigPath | undefined;
  private readonly origins = new WeakMap<Value, ConfigPath>();
  private readonly columns = new Map<Storage, ColumnPart>();
  private readonly casts = new Map<Storage, Map<Dtype, Storage>>();
  private readonly conversions = new Map<Variable, { readonly grid: Grid; readonly result: Variable }[]>();

  constructor(
    readonly compatibility: Compatibility,
    /** Numbers of files, read before. */
    readonly files: ChainFiles = () => undefined,
  ) {}

  /** An error that names the processor being added. */
  fail(message: string, cause?: unknown): ProcessingChainError {
    return new ProcessingChainError(message, { processor: this.label, path: this.place, cause });
  }

  /** Remembers something that was decided for the configuration's author. */
  warn(message: string): void {
    this.warnings.push({ message, processor: this.label, path: this.place });
  }

  /** Notes where a value was written, so that errors about it can tell. */
  writtenAt(value: Value, path: ConfigPath): void {
    this.origins.set(value, path);
  }

  /** Does work about a value: errors in it tell where the value was written. */
  about<T>(value: Value, work: () => T): T {
    const { place } = this;
    this.place = this.origins.get(value) ?? place;
    try {
      return work();
    } finally {
      this.place = place;
    }
  }

  /** The variable of that name; a new one with everything open when there is none. */
  variable(name: string): Variable {
    let variable = this.variables.get(name);
    if (variable === undefined) {
      variable = new Variable(name);
      this.variables.set(name, variable);
    }
    return variable;
  }

  /** An unnamed result. */
  intermediate(dtype: Dtype, shape: readonly number[], text: string): Variable & { view: View } {
    const variable = new Variable(text);
    variable.dtype = dtype;
    variable.shape = shape;
    variable.coordinate = 'none';
    variable.grid = null;
    return Object.assign(variable, { view: wholeOf(new Storage(dtype, sizeOf(shape), text), shape) });
  }

  /** Appends an operation; when all that it reads is constant it runs now and its results are constants. */
  add(operation: Operation): void {
    if (operation.reads.some((storage) => storage.constant === undefined)) this.operations.push(operation);
    else runOnce(operation);
  }

  /** A storage that is filled from a column of the input. */
  load(column: Pick<ColumnPart, 'index' | 'dtype'>, length: number, label: string): Storage {
    const storage = new Storage(column.dtype, length, label);
    const whole = { ...column, name: label, length, start: 0 };
    this.columns.set(storage, whole);
    this.operations.push(new LoadOperation(label, whole, storage));
    return storage;
  }

  /** A view of the same numbers in another type. Input columns are loaded in that type rather than converted. */
  cast(view: View, dtype: Dtype): View {
    const { storage } = view;
    if (storage.dtype === dtype) return view;
    const known = this.casts.get(storage) ?? new Map<Dtype, Storage>();
    this.casts.set(storage, known);
    let target = known.get(dtype);
    if (target === undefined) {
      target = new Storage(dtype, storage.length, storage.label);
      known.set(dtype, target);
      const column = this.columns.get(storage);
      const shape = storage.length === 1 ? [] : [storage.length];
      const whole = wholeOf(storage, shape);
      if (column === undefined)
        this.elementwise((a) => a, [whole], wholeOf(target, shape), undefined, 'copy');
      else this.operations.push(new LoadOperation(storage.label, column, target));
    }
    return { ...view, storage: target };
  }

  /** Every sample one after the other, for kernels that walk through memory. */
  contiguous(view: View): View {
    if (view.step === 1 || sizeOf(view.shape) === 1) return view;
    const target = wholeOf(
      new Storage(view.storage.dtype, sizeOf(view.shape), view.storage.label),
      view.shape,
    );
    this.elementwise(
      (a) => a,
      [view],
      target,
      (a) => a,
      'copy',
    );
    return target;
  }

  /** Appends a formula over samples. */
  elementwise(
    formula: Formula,
    inputs: readonly View[],
    output: View,
    bigFormula?: BigFormula,
    vectorFormula?: VectorFormula,
  ): void {
    this.add(new ElementwiseOperation(this.label, formula, inputs, output, bigFormula, vectorFormula));
  }

  /** A constant of a shape; values are rounded when the type is an integer. */
  constant(values: readonly number[], shape: readonly number[], dtype: Dtype): View {
    const storage = new Storage(dtype, sizeOf(shape), 'constant');
    const data: DataArray = allocate(dtype, values.length * lanes);
    values.forEach((value, i) => {
      const stored = constantIn(value, dtype);
      for (let lane = 0; lane < lanes; lane += 1) {
        if (data instanceof BigInt64Array || data instanceof BigUint64Array)
          data[i * lanes + lane] = BigInt(stored);
        else data[i * lanes + lane] = stored;
      }
    });
    storage.constant = data;
    return wholeOf(storage, shape);
  }

  /** The first lane of a constant view as numbers. */
  numbersOf(view: View): number[] {
    const { constant, dtype } = view.storage;
    if (constant === undefined)
      throw this.fail('a constant is needed here, not something that differs from row to row');
    return Array.from({ length: sizeOf(view.shape) }, (_, i) => {
      const value = constant[(view.start + i * view.step) * lanes]!;
      return isBigDtype(dtype) ? Number(value) : (value as number);
    });
  }

  /** The same times (or distances of times) as positions on another grid; 64-bit integers become floats there. */
  onGrid(variable: Variable, grid: Grid): Variable {
    const { view, grid: own, coordinate } = variable;
    if (view === undefined || own === null || own === undefined) return variable;
    const interval = coordinate === 'interval';
    if (sameGrid(own, grid, interval)) return variable;
    if (!isCompatible(own.period.unit, grid.period.unit)) {
      throw this.fail(
        `'${variable.name}' is in ${own.period.unit.text}, which cannot be converted to ${grid.period.unit.text}`,
      );
    }
    const known = this.conversions.get(variable) ?? [];
    this.conversions.set(variable, known);
    const found = known.find((entry) => sameGrid(entry.grid, grid, interval));
    if (found !== undefined) return found.result;
    const { dtype } = view.storage;
    const result = this.intermediate(isBigDtype(dtype) ? 'float64' : dtype, view.shape, variable.name);
    result.unit = variable.unit;
    result.grid = grid;
    result.coordinate = coordinate;
    result.vectorLength = variable.vectorLength;
    this.add(new ConvertOperation(this.label, conversionOf(view, own, grid, interval), result.view));
    known.push({ grid, result });
    return result;
  }
}
