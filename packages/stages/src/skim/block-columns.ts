import { columnAt } from '@countroom/expressions';
import { StageError, type TableReader } from '@countroom/pipeline';
import {
  concatRows,
  type DataObject,
  hasRows,
  pickRows,
  type RowObject,
  type Table,
} from '@countroom/records';
import { readRows } from '../files/read-rows.js';
import type { RowBlock } from './row-block.js';
import type { SkimSource } from './skim-source.js';
import { stage } from './skim-texts.js';

/** Which rows of one table a block needs, rising, each once; and for every hit (or event) its place among them. */
interface Rows {
  readonly rows: Int32Array;
  readonly columns: Map<string, RowObject>;
}

/**
 * The columns that a block of rows needs. Each is read once, for these rows alone; a block that was cut down takes what
 * was read already from the one before.
 */
export class BlockColumns {
  private readonly tables = new Map<string, Rows>();
  /** For each hit its place among the rows of its table; rows of a table rise with the hits. */
  private readonly placeOfHit: Int32Array;
  private readonly rowsOfTable = new Map<number, Int32Array>();
  /** For each hit the place of its event. */
  readonly eventOfHit: Int32Array;

  constructor(
    readonly block: RowBlock,
    private readonly source: SkimSource,
    private readonly before?: BlockColumns,
  ) {
    const { table, row } = block.hits;
    this.placeOfHit = new Int32Array(table.length);
    const hitsOf = new Map<number, number[]>();
    for (let i = 0; i < table.length; i++) {
      const own = hitsOf.get(table[i]!);
      if (own === undefined) hitsOf.set(table[i]!, [i]);
      else own.push(i);
    }
    for (const [position, hits] of hitsOf) {
      const wanted = hits.map((i) => row[i]!);
      const rising = wanted.every((one, i) => i === 0 || one > wanted[i - 1]!);
      const rows = Int32Array.from(rising ? wanted : new Set([...wanted].sort((a, b) => a - b)));
      const place = rising ? undefined : new Map(Array.from(rows, (one, i) => [one, i]));
      hits.forEach((hit, i) => {
        this.placeOfHit[hit] = place?.get(wanted[i]!) ?? i;
      });
      this.rowsOfTable.set(position, rows);
    }
    this.eventOfHit = new Int32Array(table.length);
    for (let e = 0, i = 0; e < block.ends.length; e++) {
      for (; i < block.ends[e]!; i++) this.eventOfHit[i] = e;
    }
  }

  /** Reads columns of a tier (names as in expressions), for all tables that have hits in the block. */
  async load(tier: string, columns: readonly string[]): Promise<void> {
    const { tables, reader } = this.source.tiers.get(tier)!;
    for (const [position, rows] of this.rowsOfTable) {
      const table = tables.get(this.source.keys[position]!)!;
      await this.read(`${tier} ${position}`, reader, table.path, table.sample, rows, columns);
    }
  }

  /** Reads columns of the event table. */
  async loadEvents(columns: readonly string[]): Promise<void> {
    const { reader, table } = this.source.events!;
    await this.read('evt', reader, table.path, table.sample, this.block.events, columns);
  }

  /** Whether a name is that of a tier with a table per channel. */
  has(tier: string): boolean {
    return this.source.tiers.has(tier);
  }

  /** A column of a tier with a row per hit. */
  ofHits(tier: string, column: string): RowObject {
    const positions = [...this.rowsOfTable.keys()];
    const [only] = positions;
    const of = (position: number): RowObject => this.tables.get(`${tier} ${position}`)!.columns.get(column)!;
    if (only === undefined) {
      const { tables } = this.source.tiers.get(tier)!;
      return emptyOf(columnAt([...tables.values()][0]!.sample, column)!);
    }
    if (positions.length === 1) return pickRows(of(only), this.placeOfHit);
    // The rows of all tables one after the other, then in the order of the hits.
    const start = new Map<number, number>();
    let total = 0;
    for (const [position, rows] of this.rowsOfTable) {
      start.set(position, total);
      total += rows.length;
    }
    const at = this.placeOfHit.map((place, i) => start.get(this.block.hits.table[i]!)! + place);
    try {
      return pickRows(concatRows(positions.map(of)), at);
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new StageError(stage, `${tier}.${column} is not alike in all channels: ${why}`, [], cause);
    }
  }

  /** A column of the event table with a row per event. */
  ofEvents(column: string): RowObject {
    return this.tables.get('evt')!.columns.get(column)!;
  }

  private async read(
    key: string,
    reader: TableReader,
    path: string,
    sample: Table,
    rows: Int32Array,
    names: readonly string[],
  ): Promise<void> {
    const known = this.tables.get(key) ?? { rows, columns: new Map<string, RowObject>() };
    this.tables.set(key, known);
    const old = this.before?.tables.get(key);
    const missing: string[] = [];
    for (const name of names) {
      if (known.columns.has(name)) continue;
      const there = old?.columns.get(name);
      if (there === undefined) missing.push(name);
      else known.columns.set(name, pickRows(there, placesIn(old!.rows, rows)));
    }
    if (missing.length === 0) return;
    const table = await readRows(
      reader,
      path,
      rows,
      missing.map((name) => pathOf(sample, name)),
    );
    if (table.rows !== rows.length)
      throw new StageError(
        stage,
        `the map points to row ${rows[rows.length - 1]} of ${path} in ${reader.name}, which it does not have`,
      );
    for (const name of missing) known.columns.set(name, withRows(name, columnAt(table, name)!));
  }
}

function withRows(name: string, column: DataObject): RowObject {
  if (hasRows(column)) return column;
  throw new StageError(stage, `${name} has no rows`);
}

function emptyOf(column: DataObject): RowObject {
  return pickRows(withRows('the column', column), []);
}

/** Path of a column that a name of an expression stands for: `waveform__values` is `waveform/values`. */
export function pathOf(sample: Table, name: string): string {
  if (sample.columns.has(name)) return name;
  for (let cut = name.indexOf('__'); cut > 0; cut = name.indexOf('__', cut + 1)) {
    const nested = sample.columns.get(name.slice(0, cut));
    if (nested?.kind === 'table') return `${name.slice(0, cut)}/${pathOf(nested, name.slice(cut + 2))}`;
  }
  return name;
}

/** Where the numbers of one rising list are in another that holds them all. */
function placesIn(all: Int32Array, wanted: Int32Array): Int32Array {
  const places = new Int32Array(wanted.length);
  for (let i = 0, at = 0; i < wanted.length; i++) {
    while (all[at]! < wanted[i]!) at++;
    places[i] = at;
  }
  return places;
}
