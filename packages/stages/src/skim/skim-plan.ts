import {
  type ColumnType,
  type CompiledExpression,
  compileExpression,
  toColumn,
  type Vector,
} from '@countroom/expressions';
import { StageError, type TableReader } from '@countroom/pipeline';
import type { DataObject, Table } from '@countroom/records';
import { BlockColumns } from './block-columns.js';
import { BlockValues, type JoinPlan, rowCount } from './block-values.js';
import { columnAsItIs, listsOf, plainArray } from './output-columns.js';
import { keepRows, type RowBlock } from './row-block.js';
import { type SkimName, SkimNames } from './skim-names.js';
import type { SkimOptions } from './skim-options.js';
import type { SkimSource } from './skim-source.js';
import {
  type ColumnText,
  columnText,
  cutTexts,
  faultAt,
  isPlain,
  namesAt,
  stage,
  tierOf,
} from './skim-texts.js';
import { TimeJoin } from './time-join.js';

const none = new Int32Array(0);

interface Compiled {
  readonly compiled: CompiledExpression;
  readonly names: readonly SkimName[];
}

interface Column extends Partial<Compiled> {
  readonly output: string;
  /** Where it stands in the query, for error texts. */
  readonly place: string;
  readonly names: readonly SkimName[];
}

interface Cut extends Compiled {
  /** Where it stands in the query, for error texts. */
  readonly place: string;
  readonly join: 'refine' | 'append';
  /** Whether it says something of each hit (of the list of an event), or of the row. */
  readonly perHit: boolean;
}

/** A query made ready for its inputs: what is read for which part, and how rows are made. */
export class SkimPlan {
  private readonly cuts: readonly Cut[];
  private readonly columns: readonly Column[];

  private constructor(
    private readonly options: SkimOptions,
    readonly source: SkimSource,
    private readonly names: SkimNames,
    private readonly joins: ReadonlyMap<string, JoinPlan>,
  ) {
    this.cuts = cutTexts(options).map(({ cut, join, place }, i) => {
      const made = this.compile(place, cut);
      const perHit = made.names.some(({ of }) => of === 'hit') && options.rows === 'events';
      checkCut(place, made.compiled, perHit);
      // There is nothing before the first one.
      return { ...made, place, join: i === 0 ? 'refine' : join, perHit: perHit && made.compiled.depth === 1 };
    });
    this.columns = named(options.columns.flatMap((text, i) => this.expanded(columnText(text, i)))).map(
      ({ output, expression, place }) => this.column(output, expression, place),
    );
  }

  /** Throws a StageError with the place of every fault. */
  static async make(
    options: SkimOptions,
    source: SkimSource,
    inputs: ReadonlyMap<string, TableReader>,
  ): Promise<SkimPlan> {
    const opened = new Map<string, TimeJoin>();
    for (const [i, join] of options.joins.entries()) {
      if (opened.has(join.name) || source.tiers.has(join.name))
        throw new StageError(stage, `joins.${i}.name: ${join.name} is taken; choose another name`);
      opened.set(join.name, await TimeJoin.open(join, `joins.${i}`, inputs));
    }
    const names = new SkimNames(options, source, opened);
    const joins = new Map<string, JoinPlan>();
    const plan = (): SkimPlan => new SkimPlan(options, source, names, joins);
    for (const [i, { name, to }] of options.joins.entries()) {
      const made = compileAt(names, `joins.${i}.to`, to);
      if (made.compiled.depth > 0 || made.compiled.reduces)
        throw new StageError(stage, `joins.${i}.to: it gives no single time per row`);
      joins.set(name, { join: opened.get(name)!, to: made.compiled, names: made.names });
    }
    return plan();
  }

  /** A block without rows: what columns there are. */
  empty(): BlockColumns {
    const nothing = { table: none, row: none, event: none, index: none };
    return new BlockColumns({ hits: nothing, events: none, ends: none }, this.source);
  }

  /** The block with those rows that pass, whose columns are still to be read. */
  async passing(block: RowBlock): Promise<BlockColumns> {
    const columns = new BlockColumns(block, this.source);
    if (this.cuts.length === 0 && !this.choosesEvents) return columns;
    const values = new BlockValues(columns, this.source, this.options, this.joins);
    await values.load(this.cuts.flatMap(({ names }) => names));
    const length = rowCount(block, this.options.rows);
    const keepEvent = new Uint8Array(block.events.length).fill(1);
    const keepHit = new Uint8Array(block.hits.row.length).fill(1);
    if (this.options.rows === 'hits') {
      for (const cut of this.cuts) {
        combine(keepHit, passesOf(cut, values, length), cut.join);
      }
      if (this.options.keep === 'events') spreadToEvent(keepHit, block.ends);
    } else this.cutEvents(block, values, keepEvent, keepHit);
    return new BlockColumns(keepRows(block, keepEvent, keepHit), this.source, columns);
  }

  /** Reads what is written of rows, and makes a table of it. */
  async table(columns: BlockColumns): Promise<Table> {
    const { block } = columns;
    const values = new BlockValues(columns, this.source, this.options, this.joins);
    await values.load(this.columns.flatMap(({ names }) => names));
    const rows = rowCount(block, this.options.rows);
    const made = new Map<string, DataObject>(this.entryColumns(block, values));
    for (const { output, place, names, compiled } of this.columns) {
      const [only] = names;
      const asItIs = compiled === undefined ? columnAsItIs(only!, columns, values, this.options) : undefined;
      if (asItIs !== undefined) made.set(output, asItIs);
      else {
        const one = { names, place, compiled: compiled ?? this.compile(place, only!.name).compiled };
        made.set(output, toColumn(evaluated(one, values, rows)));
      }
    }
    return { kind: 'table', rows, columns: made, attrs: {} };
  }

  /** Chosen channels choose events, too, also when there is no cut. */
  private get choosesEvents(): boolean {
    return this.options.rows === 'events' && this.options.tables.length > 0;
  }

  private cutEvents(block: RowBlock, values: BlockValues, keepEvent: Uint8Array, keepHit: Uint8Array): void {
    for (const cut of this.cuts) {
      const passes = passesOf(cut, values, block.events.length);
      const perHit = cut.perHit ? passes : spread(passes, block.ends, keepHit.length);
      combine(keepHit, perHit, cut.join);
      if (!cut.perHit) combine(keepEvent, passes, cut.join);
      else combine(keepEvent, anyIn(cut.join === 'refine' ? keepHit : perHit, block.ends), cut.join);
    }
    if (this.choosesEvents) {
      for (let e = 0; e < keepEvent.length; e++)
        if (block.ends[e] === (e === 0 ? 0 : block.ends[e - 1])) keepEvent[e] = 0;
    }
    if (this.options.keep === 'events') keepHit.fill(1);
  }

  private *entryColumns(block: RowBlock, values: BlockValues): Generator<[string, DataObject]> {
    if (!this.options.entries) return;
    const { hits, events, ends } = block;
    const perEvent = this.options.rows === 'events';
    const ofHits = !perEvent || this.source.map !== undefined;
    for (const column of ofHits ? ['table_key', 'row_in_table'] : []) {
      const flat = plainArray('int32', values.mapColumn(column));
      yield [column, perEvent ? listsOf(flat, ends) : flat];
    }
    if (perEvent) yield ['event', plainArray('int32', events)];
    else if (this.source.map !== undefined) yield ['event', plainArray('int32', hits.event)];
  }

  private expanded(text: ColumnText): ColumnText[] {
    const tier = /^([A-Za-z_]\w*)\.\*$/.exec(text.expression)?.[1];
    if (tier === undefined) return [text];
    try {
      return this.names.all(tier).map((expression) => ({ ...text, expression }));
    } catch (cause) {
      throw faultAt(text.place, cause);
    }
  }

  private column(output: string, expression: string, place: string): Column {
    if (!isPlain(expression)) {
      const made = this.compile(place, expression);
      if (made.compiled.reduces)
        throw faultAt(place, new Error('it gives one value for all rows, which is no column'));
      return { output, place, ...made };
    }
    try {
      return { output, place, names: [this.names.resolve(expression)] };
    } catch (cause) {
      throw faultAt(place, cause);
    }
  }

  private compile(place: string, expression: string): Compiled {
    return compileAt(this.names, place, expression);
  }
}

function compileAt(known: SkimNames, place: string, expression: string): Compiled {
  const found = namesAt(place, expression);
  try {
    const names = found
      .filter((name) => tierOf(name) !== '' || !/^(nan|inf|pi)$/.test(name))
      .map((name) => known.resolve(name));
    const texts = names.find(({ type }) => type === undefined);
    if (texts !== undefined)
      throw new Error(`${texts.name} does not hold numbers: it can only be a column as it is`);
    const types = new Map(names.map(({ name, type }): [string, ColumnType] => [name, type!]));
    return { names, compiled: compileExpression(expression, types) };
  } catch (cause) {
    throw faultAt(place, cause);
  }
}

/** What an expression gives for some rows; lists that do not fit together show only there. */
function evaluated(
  { compiled, names, place }: Compiled & { readonly place: string },
  values: BlockValues,
  rows: number,
): Vector {
  try {
    return compiled.evaluate(values.of(names), rows);
  } catch (cause) {
    throw faultAt(place, cause);
  }
}

function passesOf(cut: Cut, values: BlockValues, rows: number): Uint8Array {
  return evaluated(cut, values, rows).data as Uint8Array;
}

function checkCut(place: string, { kind, depth, reduces }: CompiledExpression, perHit: boolean): void {
  const fault =
    kind !== 'bool'
      ? `it gives ${kind}, not true or false: compare it with something`
      : reduces
        ? 'it gives one value for all rows, not one for each'
        : depth > (perHit ? 1 : 0)
          ? 'it gives a list: make one value of it, for example with ak.any(…, axis=-1)'
          : undefined;
  if (fault !== undefined) throw faultAt(place, new Error(fault));
}

/** Names of outputs: that of the column; with its tier in front where two would have the same. */
function named(texts: readonly ColumnText[]): (ColumnText & { readonly output: string })[] {
  const bare = ({ name, expression, place }: ColumnText): string => {
    if (name !== undefined) return name;
    if (/^[A-Za-z_]\w*$/.test(expression)) return expression;
    if (isPlain(expression)) return expression.slice(tierOf(expression).length + 1).replaceAll('.', '_');
    throw faultAt(place, new Error(`give it a name: energy_sum = ${expression}`));
  };
  const count = new Map<string, number>();
  for (const text of texts) count.set(bare(text), (count.get(bare(text)) ?? 0) + 1);
  const taken = new Set<string>();
  return texts.flatMap((text) => {
    const own = bare(text);
    const clash = count.get(own)! > 1 && text.name === undefined;
    const output = clash ? `${tierOf(text.expression)}_${own}` : own;
    if (taken.has(output)) {
      if (text.name === undefined) return [];
      throw faultAt(text.place, new Error(`there is a column ${output} already; give it another name`));
    }
    taken.add(output);
    return [{ ...text, output }];
  });
}

function combine(kept: Uint8Array, passes: Uint8Array, join: 'refine' | 'append'): void {
  for (let i = 0; i < kept.length; i++)
    kept[i] = join === 'refine' ? kept[i]! & passes[i]! : kept[i]! | passes[i]!;
}

function spread(perEvent: Uint8Array, ends: Int32Array, length: number): Uint8Array {
  const out = new Uint8Array(length);
  for (let e = 0; e < ends.length; e++)
    if (perEvent[e] === 1) out.fill(1, e === 0 ? 0 : ends[e - 1], ends[e]);
  return out;
}

function anyIn(perHit: Uint8Array, ends: Int32Array): Uint8Array {
  return Uint8Array.from(ends, (end, e) =>
    perHit.subarray(e === 0 ? 0 : ends[e - 1], end).includes(1) ? 1 : 0,
  );
}

/** All hits of an event in which one is kept. */
function spreadToEvent(kept: Uint8Array, ends: Int32Array): void {
  kept.set(spread(anyIn(kept, ends), ends, kept.length));
}
