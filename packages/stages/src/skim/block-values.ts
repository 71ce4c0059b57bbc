import { spreadToHits } from '@countroom/events';
import {
  type ColumnType,
  type CompiledExpression,
  cast,
  toVector,
  type Vector,
} from '@countroom/expressions';
import type { BlockColumns } from './block-columns.js';
import type { RowBlock } from './row-block.js';
import type { SkimName } from './skim-names.js';
import type { SkimOptions } from './skim-options.js';
import type { SkimSource } from './skim-source.js';
import type { TimeJoin } from './time-join.js';

/** Number of the rows that a block makes in the result. */
export function rowCount(block: RowBlock, rows: SkimOptions['rows']): number {
  return rows === 'hits' ? block.hits.row.length : block.events.length;
}

/** A join with the expression that gives the time of a row. */
export interface JoinPlan {
  readonly join: TimeJoin;
  readonly to: CompiledExpression;
  readonly names: readonly SkimName[];
}

/** What names are in a block of rows, with one value (or list) per row of the result. */
export class BlockValues {
  private readonly vectors = new Map<string, Vector>();
  private readonly joined = new Map<string, Int32Array>();

  constructor(
    private readonly columns: BlockColumns,
    private readonly source: SkimSource,
    private readonly options: SkimOptions,
    private readonly joins: ReadonlyMap<string, JoinPlan>,
  ) {}

  /** Reads what is needed for some names, each tier at once. */
  async load(names: readonly SkimName[]): Promise<void> {
    for (const tier of new Set(names.map((name) => name.tier))) {
      const columns = [...new Set(names.filter((name) => name.tier === tier).map(({ column }) => column))];
      const join = this.joins.get(tier);
      if (tier === 'evt') await this.columns.loadEvents(columns);
      else if (this.source.tiers.has(tier)) await this.columns.load(tier, columns);
      else if (join !== undefined) await this.loadJoin(tier, join, columns);
    }
  }

  /** The values of names for an expression. */
  of(names: readonly SkimName[]): ReadonlyMap<string, Vector> {
    return new Map(names.map((name) => [name.name, this.vector(name)]));
  }

  /** Numbers of the map for each hit. */
  mapColumn(column: string): Int32Array {
    const { table, row, index } = this.columns.block.hits;
    if (column === 'row_in_table') return row;
    return column === 'index' ? index : table.map((position) => this.source.keys[position]!);
  }

  private vector(name: SkimName): Vector {
    const known = this.vectors.get(name.name);
    if (known !== undefined) return known;
    const vector = this.made(name);
    this.vectors.set(name.name, vector);
    return vector;
  }

  private made({ tier, column, type }: SkimName): Vector {
    const { block } = this.columns;
    if (tier === 'run') return constant(this.options.facts[column]!, type!);
    if (tier === 'evt') {
      const perEvent = toVector(this.columns.ofEvents(column));
      if (this.options.rows === 'events') return perEvent;
      const { ends } = block;
      return spreadToHits(perEvent, { hits: block.hits.row, event: this.columns.eventOfHit, ends });
    }
    const perHit: Vector =
      tier === 'tcm'
        ? { kind: 'int32', data: this.mapColumn(column), step: 1 }
        : cast(toVector(this.columns.ofHits(tier, column)), type!.kind);
    return this.options.rows === 'hits' ? perHit : listed(perHit, block.ends);
  }

  private async loadJoin(
    name: string,
    { join, to, names }: JoinPlan,
    columns: readonly string[],
  ): Promise<void> {
    let rows = this.joined.get(name);
    if (rows === undefined) {
      await this.load(names);
      rows = join.rowsAt(to.evaluate(this.of(names), rowCount(this.columns.block, this.options.rows)));
      this.joined.set(name, rows);
    }
    for (const column of columns) {
      const full = `${name}.${column}`;
      if (!this.vectors.has(full)) this.vectors.set(full, await join.values(column, rows));
    }
  }
}

/** Values per hit as one list per event. */
function listed(vector: Vector, ends: Int32Array): Vector {
  const starts = new Int32Array(ends.length + 1);
  starts.set(ends, 1);
  return { ...vector, offsets: [starts, ...(vector.offsets ?? [])] };
}

function constant(value: number | boolean | string, { kind }: ColumnType): Vector {
  if (kind === 'bool') return { kind, data: Uint8Array.of(Number(value)), step: 0 };
  if (kind === 'int64') return { kind, data: BigInt64Array.of(BigInt(value)), step: 0 };
  return { kind: 'float64', data: Float64Array.of(Number(value)), step: 0 };
}
