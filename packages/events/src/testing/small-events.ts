import type { DataObject, NdArray, Table, VectorOfVectors } from '@countroom/records';
import type { EventConfig, EventOperation } from '../building/event-config.js';
import { EventPlan } from '../building/event-plan.js';
import type { CoincidenceMap } from '../coincidence/coincidence-map.js';
import { type EventFunctionTables, eventFunctions } from '../functions/registry.js';

/** A column of numbers, for tests. */
export function numbers(...values: number[]): NdArray {
  const data = Float64Array.from(values);
  return { kind: 'array', flavor: 'array', dtype: 'float64', shape: [values.length], data, attrs: {} };
}

/** A column of lists of numbers, for tests. */
export function lists(...rows: number[][]): VectorOfVectors {
  let end = 0;
  const data = Uint32Array.from(rows, (row) => (end += row.length));
  const cumulative: NdArray = { ...numbers(), dtype: 'uint32', shape: [rows.length], data };
  return { kind: 'vov', cumulative, flattened: numbers(...rows.flat()), attrs: {} };
}

/** Hits of channels 1, 2, … with their columns. */
export type Channels = readonly Readonly<Record<string, NdArray | VectorOfVectors>>[];

function tableOf(columns: Channels[number]): Table {
  const first = Object.values(columns)[0]!;
  const rows = first.kind === 'array' ? first.shape[0]! : first.cumulative.shape[0]!;
  return { kind: 'table', rows, columns: new Map(Object.entries(columns)), attrs: {} };
}

/** Builds events of hits in memory: lists of [channel, row] per event. */
export function buildEvents(
  channels: Channels,
  events: readonly (readonly (readonly [channel: number, row: number])[])[],
  operations: Readonly<Record<string, EventOperation>>,
  extra: Pick<EventConfig, 'compat'> & EventFunctionTables = {},
): Record<string, unknown[]> {
  const tables = channels.map(tableOf);
  const hits = events.flat();
  let end = 0;
  const map: CoincidenceMap = {
    table: Int32Array.from(hits, ([channel]) => channel - 1),
    row: Int32Array.from(hits, ([, row]) => row),
    ends: Int32Array.from(events, (event) => (end += event.length)),
  };
  const plan = new EventPlan(
    { channels: { all: tables.map((_, i) => i) }, operations, compat: extra.compat },
    {
      keys: tables.map((_, i) => i + 1),
      tiers: { hit: tables.map((sample, i) => ({ path: `ch${i + 1}/hit`, sample })) },
      functions: eventFunctions(extra),
    },
  );
  const { columns } = plan.build({ map, firstHit: 0, rows: (_, i) => ({ start: 0, rows: tables[i]! }) });
  return Object.fromEntries([...columns].map(([name, object]) => [name, plain(object)]));
}

function plain(object: DataObject): unknown[] {
  if (object.kind === 'array') return Array.from(object.data as Float64Array, Number);
  if (object.kind === 'strings') return [...object.values];
  if (object.kind !== 'vov') throw new TypeError(object.kind);
  const items = plain(object.flattened);
  const ends = Array.from(object.cumulative.data as Uint32Array, Number);
  return ends.map((stop, i) => items.slice(i === 0 ? 0 : ends[i - 1], stop));
}
