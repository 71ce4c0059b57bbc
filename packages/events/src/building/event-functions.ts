import type { ColumnType, Vector } from '@countroom/expressions';
import type { CoincidenceMap } from '../coincidence/coincidence-map.js';
import type { HitSelection } from './hit-selection.js';
import type { FieldType, FieldValues } from './text-column.js';

/** What an event function works on. */
export interface EventFunctionContext {
  readonly map: CoincidenceMap;
  /** Place of the chunk's first hit in the whole map. */
  readonly firstHit: number;
  /** Key of each table of the map. */
  readonly keys: readonly number[];
  readonly selection: HitSelection;
  /** Positions of the chosen tables in the map, in the order in which they count. */
  readonly tables: readonly number[];
  /** Values of the columns it asked for, for the chosen hits, by their full name (`hit.energy`). */
  readonly columns: ReadonlyMap<string, Vector>;
  /** Fields of the event table that it asked for, by their full name (`evt.t0`). */
  readonly fields: ReadonlyMap<string, Vector>;
}

/** An event function made ready for its arguments. */
export interface PreparedEventFunction {
  /** Columns of hits it needs, as `tier.column`. */
  readonly columns: readonly string[];
  /** Fields of the event table it needs, as `evt.field`. */
  readonly fields: readonly string[];
  /** Type of its result, given the types of what it needs; throws an EventError when they do not fit. */
  type(types: ReadonlyMap<string, ColumnType>): FieldType;
  /** One value or list per event; texts, when its type says so. */
  run(context: EventFunctionContext): FieldValues;
}

/** Values of the arguments of a call in a configuration. */
export type EventArguments = Readonly<Record<string, string | number | boolean | null>>;

/** A function that configurations can name with the aggregation mode `function`. */
export interface EventFunction {
  /** Its name in configurations, for example `spms.gather_tcm_data`. */
  readonly name: string;
  /** What it gives, in one sentence. */
  readonly description: string;
  /** Checks the arguments; throws an EventError that names a wrong one. */
  prepare(args: EventArguments): PreparedEventFunction;
}
