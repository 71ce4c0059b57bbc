import {
  type ColumnType,
  type CompiledExpression,
  columnAt,
  columnTypes,
  compileExpression,
  insteadOf,
  toColumn,
  toComplexColumn,
  toVector,
  typeOf,
  unusable,
  type Vector,
} from '@countroom/expressions';
import { StageError } from '@countroom/pipeline';
import { allocate, type DataObject, type NdArray, type Table } from '@countroom/records';
import type { HitConfig, HitOperation } from './hit-config.js';
import { orderOperations } from './order-operations.js';

const stage = 'dsp_to_hit';

/** Everything that is needed to make hit rows out of the rows of one dsp table. */
export class TablePlan {
  /** Columns of the input that are read; top-level names. */
  readonly columns: readonly string[];
  private readonly operations: { name: string; operation: HitOperation; compiled: CompiledExpression }[] = [];
  private readonly words: {
    name: string;
    bits: string[];
    dtype: 'uint8' | 'uint16' | 'uint32' | 'uint64';
  }[] = [];
  private readonly outputs: readonly string[];
  private readonly inputs: ReadonlySet<string>;

  /**
   * @param path the input table, for error texts
   * @param config what to make
   * @param sample some rows of the input table (none will do): names and types of its columns
   * @throws StageError with the place in the configuration and the way out
   */
  constructor(
    private readonly path: string,
    config: HitConfig,
    sample: Table,
  ) {
    const kinds = columnTypes(sample);
    const needed = new Set<string>();
    for (const [name, operation] of orderOperations(config.operations)) {
      const compiled = this.compile(path, name, operation, kinds, sample);
      for (const column of compiled.columns) {
        if (!this.operations.some((earlier) => earlier.name === column)) needed.add(column);
      }
      this.operations.push({ name, operation, compiled });
      kinds.set(name, compiled);
    }
    for (const [name, bits] of Object.entries(config.aggregations)) {
      const columns = Object.values(bits);
      if (Object.hasOwn(config.operations, name))
        throw new StageError(
          stage,
          `aggregations.${name}: there is an operation of that name; give one of them another`,
        );
      if (columns.length === 0)
        throw new StageError(
          stage,
          `aggregations.${name} lists no column; give it at least one of truth values`,
        );
      columns.forEach((column) => this.checkFlag(path, name, column, kinds, needed));
      const dtype =
        columns.length <= 8
          ? 'uint8'
          : columns.length <= 16
            ? 'uint16'
            : columns.length <= 32
              ? 'uint32'
              : 'uint64';
      if (columns.length > 64)
        throw new StageError(
          stage,
          `aggregations.${name} lists ${columns.length} columns; a word has 64 bits`,
        );
      this.words.push({ name, bits: columns, dtype });
    }
    const made = new Set([...this.operations.map(({ name }) => name), ...this.words.map(({ name }) => name)]);
    this.outputs =
      config.outputs ?? [...sample.columns.keys()].filter((name) => !made.has(name)).concat([...made]);
    for (const output of this.outputs) {
      if (made.has(output)) continue;
      if (!sample.columns.has(output)) {
        const instead = insteadOf(output, [...sample.columns.keys(), ...made]);
        throw new StageError(
          stage,
          `outputs: ${output} is neither an operation nor a column of ${path}; ${instead}`,
        );
      }
      needed.add(output);
    }
    this.inputs = needed;
    this.columns = [...new Set([...needed].map((name) => topColumn(sample, name)))];
  }

  /** The hit rows of a block of dsp rows. */
  process(block: Table): Table {
    const vectors = new Map<string, Vector>();
    for (const name of this.inputs) {
      const column = columnAt(block, name);
      if (column !== undefined && typeOf(column) !== undefined) vectors.set(name, toVector(column));
    }
    const made = new Map<string, DataObject>();
    for (const { name, operation, compiled } of this.operations) {
      const result = compiled.evaluate(vectors, block.rows);
      vectors.set(name, result);
      const attrs = {
        ...operation.lgdo_attrs,
        ...(operation.description === undefined ? {} : { description: operation.description }),
      };
      made.set(name, this.column(name, result, attrs));
    }
    for (const { name, bits, dtype } of this.words)
      made.set(
        name,
        flagWord(
          bits.map((bit) => vectors.get(bit)!),
          dtype,
          block.rows,
        ),
      );
    const columns = new Map<string, DataObject>();
    for (const name of this.outputs) {
      const column = made.get(name) ?? block.columns.get(name);
      if (column !== undefined) columns.set(name, made.has(name) ? owned(column) : column);
    }
    return { kind: 'table', rows: block.rows, columns, attrs: {} };
  }

  private column(name: string, result: Vector, attrs: NdArray['attrs']): DataObject {
    try {
      return result.kind === 'complex128' ? toComplexColumn(result, attrs) : toColumn(result, attrs);
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new StageError(stage, `operations.${name} for ${this.path}: ${why}`, [], cause);
    }
  }

  private compile(
    path: string,
    name: string,
    operation: HitOperation,
    kinds: ReadonlyMap<string, ColumnType>,
    sample: Table,
  ): CompiledExpression {
    let compiled: CompiledExpression;
    try {
      compiled = compileExpression(operation.expression, kinds, operation.parameters, { complex: true });
    } catch (cause) {
      const unknown = /column or parameter (\S+)/.exec(cause instanceof Error ? cause.message : '')?.[1];
      const why =
        (unknown === undefined ? undefined : unusable(sample, unknown)) ??
        (cause instanceof Error ? cause.message : String(cause));
      throw new StageError(
        stage,
        `operations.${name} for ${path}: ${why}`,
        [{ path: `operations.${name}.expression`, message: why }],
        cause,
      );
    }
    if (compiled.reduces) {
      throw new StageError(
        stage,
        `operations.${name} for ${path} reduces all rows to one value, which is no column; use it in an analysis instead`,
      );
    }
    return compiled;
  }

  private checkFlag(
    path: string,
    word: string,
    column: string,
    kinds: ReadonlyMap<string, ColumnType>,
    needed: Set<string>,
  ): void {
    const type = kinds.get(column);
    if (type === undefined)
      throw new StageError(
        stage,
        `aggregations.${word}: there is no column ${column} in ${path}; ${insteadOf(column, kinds.keys())}`,
      );
    if (type.kind !== 'bool' || type.depth > 0)
      throw new StageError(
        stage,
        `aggregations.${word}: column ${column} is ${type.depth > 0 ? 'lists of ' : ''}${type.kind}, not truth values; compare it with something`,
      );
    if (!this.operations.some(({ name }) => name === column)) needed.add(column);
  }
}

function topColumn(table: Table, name: string): string {
  if (table.columns.has(name)) return name;
  for (let cut = name.indexOf('__'); cut > 0; cut = name.indexOf('__', cut + 1)) {
    if (table.columns.has(name.slice(0, cut))) return name.slice(0, cut);
  }
  return name;
}

/** Results that are views on the input (an operation that only names a column) get memory of their own. */
function owned(column: DataObject): DataObject {
  if (column.kind === 'array') return { ...column, data: column.data.slice() };
  if (column.kind !== 'vov') return column;
  const flattened = owned(column.flattened) as typeof column.flattened;
  return { ...column, cumulative: owned(column.cumulative) as NdArray, flattened };
}

function flagWord(
  flags: readonly Vector[],
  dtype: 'uint8' | 'uint16' | 'uint32' | 'uint64',
  rows: number,
): NdArray {
  const data = allocate(dtype, rows);
  // Of 64 bits in halves of 32, the lower one first, so that no row needs a bigint.
  const halves =
    data instanceof BigUint64Array ? new Uint32Array(data.buffer, 0, 2 * rows) : (data as Uint32Array);
  const step = data instanceof BigUint64Array ? 2 : 1;
  flags.forEach((flag, bit) => {
    const first = bit >> 5;
    const mask = 1 << (bit & 31);
    for (let row = 0; row < rows; row++) if (flag.data[row * flag.step]) halves[row * step + first]! |= mask;
  });
  return { kind: 'array', flavor: 'array', dtype, shape: [rows], data, attrs: {} };
}
