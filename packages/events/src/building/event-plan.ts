import {
  type ColumnType,
  type CompiledExpression,
  compileExpression,
  expressionNames,
  toColumn,
} from '@countroom/expressions';
import type { DataObject, Table } from '@countroom/records';
import type { CoincidenceMap } from '../coincidence/coincidence-map.js';
import { EventError } from '../errors.js';
import { parseMode } from './aggregation-mode.js';
import { withDtype } from './column-dtype.js';
import type { EventConfig, EventOperation } from './event-config.js';
import { EventFields } from './event-fields.js';
import type { EventFunction } from './event-functions.js';
import { FunctionOperation } from './function-operation.js';
import type { TierRows } from './hit-columns.js';
import { HitOperation } from './hit-operation.js';
import { type HitSelection, selectHits } from './hit-selection.js';
import { nestColumns } from './nest-columns.js';
import { fieldsIn, orderOperations } from './order-operations.js';
import { type FieldValues, isText, toTextColumn } from './text-column.js';

/** The tables of a map, and what is known of them in each tier. */
export interface EventInputs {
  /** Keys of the tables in the order of the map. */
  readonly keys: readonly number[];
  /** Tiers with hits, by name (`hit`, `dsp`): for each table of the map its path and some of its rows. */
  readonly tiers: Readonly<
    Record<string, readonly { readonly path: string; readonly sample: Table | undefined }[]>
  >;
  /** Functions for the aggregation mode `function`. */
  readonly functions?: readonly EventFunction[];
}

/** A chunk of events and the rows that its hits lie in. */
export interface EventChunk {
  readonly map: CoincidenceMap;
  /** Place of the chunk's first hit in the whole map. */
  readonly firstHit: number;
  readonly rows: TierRows;
}

interface Step {
  readonly name: string;
  readonly operation: EventOperation;
  readonly work: CompiledExpression | HitOperation | FunctionOperation;
}

/**
 * Everything that is needed to make the event table out of a coincidence map and the hits of any number of channels.
 * Fields are made after those that they use, each over all hits of a chunk at once. (Specification: hit and
 * event tiers, chapter 3.)
 */
export class EventPlan {
  private readonly steps: Step[] = [];
  private readonly outputs: readonly string[];
  private readonly needed = new Map<string, Map<string, Set<number>>>();

  /** Throws an EventError that names the operation, the place and the way out. */
  constructor(
    config: EventConfig,
    private readonly inputs: EventInputs,
  ) {
    const types = new Map<string, ColumnType>();
    const texts = new Set<string>();
    for (const [name, operation] of orderOperations(config.operations)) {
      const step = at(`operations.${name}`, () => {
        const text = fieldsIn(operation).find((used) => texts.has(used));
        if (text !== undefined)
          throw new EventError(`evt.${text} holds texts, which are written and not worked with`);
        return this.step(name, operation, config, types);
      });
      this.steps.push(step);
      const type = 'evaluate' in step.work ? step.work : step.work.type;
      if (type.kind === 'text') texts.add(name);
      else types.set(name, { kind: type.kind, depth: type.depth });
    }
    this.outputs = config.outputs ?? Object.keys(config.operations);
    for (const output of this.outputs) {
      if (types.has(output) || texts.has(output)) continue;
      throw new EventError(
        `outputs: there is no operation ${output}; there are ${Object.keys(config.operations).join(', ')}`,
      );
    }
  }

  /** Columns that a tier's tables are read for, by position of the table in the map. */
  columnsOf(tier: string): ReadonlyMap<number, readonly string[]> {
    const tables = new Map<number, string[]>();
    for (const [column, chosen] of this.needed.get(tier) ?? []) {
      for (const table of chosen) tables.set(table, [...(tables.get(table) ?? []), column]);
    }
    return tables;
  }

  /** The rows of the event table for a chunk of events. Throws an EventError that names the operation. */
  build(chunk: EventChunk): Table {
    const rows = chunk.map.ends.length;
    const fields = new EventFields(rows);
    const selections = new Map<string, HitSelection>();
    const select = (tables: readonly number[]): HitSelection => {
      const key = tables.join();
      const known = selections.get(key);
      if (known !== undefined) return known;
      const selection = selectHits(chunk.map, tables);
      selections.set(key, selection);
      return selection;
    };
    const columns = new Map<string, DataObject>();
    for (const { name, operation, work } of this.steps) {
      at(`operations.${name}`, () => {
        const values: FieldValues =
          'evaluate' in work
            ? work.evaluate(fields.vectors, rows)
            : work.run({ chunk, keys: this.inputs.keys, fields, selection: select(work.tables) });
        if (!isText(values)) fields.add(name, values);
        if (this.outputs.includes(name)) columns.set(name, columnOf(values, operation));
      });
    }
    const ordered = new Map(this.outputs.map((name) => [name, columns.get(name)!]));
    return { kind: 'table', rows, columns: nestColumns(ordered, rows), attrs: {} };
  }

  private step(
    name: string,
    operation: EventOperation,
    config: EventConfig,
    types: ReadonlyMap<string, ColumnType>,
  ): Step {
    if (operation.aggregationMode === undefined) {
      return { name, operation, work: this.eventExpression(operation, types) };
    }
    const mode = parseMode(operation.aggregationMode);
    const tables = chosenTables(operation, config, this.inputs.keys.length);
    const work =
      mode.type === 'function'
        ? new FunctionOperation(operation, tables, this.inputs, types)
        : new HitOperation(operation, mode, tables, this.inputs, types, config.compat === 'pygama');
    for (const { tier, column } of work.columns) {
      const columns = this.needed.get(tier) ?? new Map<string, Set<number>>();
      this.needed.set(tier, columns.set(column, new Set([...(columns.get(column) ?? []), ...tables])));
    }
    return { name, operation, work };
  }

  private eventExpression(
    { expression, parameters }: EventOperation,
    types: ReadonlyMap<string, ColumnType>,
  ): CompiledExpression {
    if (expression === undefined) throw new EventError('it has no expression');
    for (const used of expressionNames(expression)) {
      const tier = used.split('.')[0]!;
      if (used.includes('.') && (tier in this.inputs.tiers || tier === 'tcm')) {
        throw new EventError(
          `${used} has a value per hit: an aggregation_mode must say how hits become one value`,
        );
      }
    }
    const known = [...types].flatMap(([key, type]): [string, ColumnType][] => [
      [key, type],
      [`evt.${key}`, type],
    ]);
    const compiled = compileExpression(expression, new Map(known), parameters);
    if (compiled.reduces) throw new EventError('it reduces all events to one value, which is no field');
    return compiled;
  }
}

/** A field as a column of the file. */
function columnOf(values: FieldValues, { attrs, dtype }: EventOperation): DataObject {
  if (!isText(values)) return withDtype(toColumn(values, attrs), dtype);
  if (dtype !== undefined) throw new EventError(`dtype: ${dtype} is no type of texts; leave it out`);
  return toTextColumn(values, attrs);
}

/** Positions of the tables that an operation's channel lists choose. Throws an EventError for unknown lists. */
function chosenTables(
  { channels, excludeChannels = [] }: EventOperation,
  config: EventConfig,
  tables: number,
): number[] {
  const listed = (name: string): readonly number[] => {
    if (Object.hasOwn(config.channels, name)) return config.channels[name]!;
    throw new EventError(
      `there is no channel list ${name}; there are ${Object.keys(config.channels).join(', ')}`,
    );
  };
  const every = Array.from({ length: tables }, (_, i) => i);
  const chosen = channels === undefined ? every : channels.flatMap(listed);
  const excluded = new Set(excludeChannels.flatMap(listed));
  return [...new Set(chosen)].filter((table) => !excluded.has(table));
}

/** Runs a part of the work; an error of the event or expression language gets the place in the configuration. */
function at<T>(place: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (!(cause instanceof Error)) throw cause;
    throw new EventError(`${place}: ${cause.message}`);
  }
}
