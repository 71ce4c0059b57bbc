import type { DecodedBatch } from '@countroom/decoders';
import { buildCoincidenceMap, CoincidenceBuilder, EventError } from '@countroom/events';
import { StageError } from '@countroom/pipeline';
import type { DataArray, Table } from '@countroom/records';
import { keyOf } from '../build-tcm/build-tcm.stage.js';
import { mapTable } from '../build-tcm/map-table.js';
import type { CoincidenceOptions } from '../build-tcm/tcm-options.js';
import { choosePaths } from '../files/table-choice.js';

const stage = 'daq_to_raw';

/** The clustering columns of one table, block by block. */
interface HitTimes {
  readonly path: string;
  readonly blocks: (readonly DataArray[])[];
}

/**
 * Puts together hits while a recording is decoded: keeps the clustering columns of every table (8 bytes per hit and
 * column), and makes the map when all are there. Tables without these columns do not take part.
 */
export class Coincidences {
  private readonly tables = new Map<string, HitTimes>();

  constructor(private readonly options: CoincidenceOptions) {}

  /** Takes rows as they are written. */
  add({ stream, batch }: DecodedBatch): void {
    const { name: path, columns } = batch.schema;
    const block: DataArray[] = [];
    for (const { name } of this.options.columns) {
      const index = columns.findIndex((column) => column.name === name);
      const column = columns[index];
      if (column === undefined || column.variableLength || column.shape.length > 0) return;
      block.push(batch.columns[index]!.data.slice(0, batch.rows));
    }
    const id = `${stream}\n${path}`;
    const table = this.tables.get(id) ?? { path, blocks: [] };
    this.tables.set(id, table);
    table.blocks.push(block);
  }

  /**
   * The map of all hits; undefined when there are none. What stands in its way (times that go back, tables of equal key)
   * goes to `warn`, since the tables themselves are whole. Throws a StageError for tables that are asked for and not there.
   */
  map(warn: (text: string) => void): Table | undefined {
    const { options } = this;
    const chosen = this.chosen();
    if (chosen.length === 0) {
      const names = options.columns.map(({ name }) => name).join(', ');
      warn(`coincidences: no table has the columns ${names}; there is no map`);
      return undefined;
    }
    const keys = chosen.map(({ path }, i) => keyOf(path, options.keyPattern) ?? i);
    try {
      const builder = new CoincidenceBuilder({
        tables: chosen.map(({ path }, i) => ({ path, key: keys[i]! })),
        columns: options.columns,
        reference: options.windowReference,
      });
      chosen.forEach(({ blocks }, table) => {
        for (const block of blocks) builder.push(table, block);
        builder.end(table);
      });
      const attrs = {
        tables: JSON.stringify(chosen.map(({ path }) => path)),
        hash_func: options.keyPattern,
      };
      return mapTable(builder.take(), keys, attrs);
    } catch (error) {
      if (!(error instanceof EventError)) throw error;
      warn(`coincidences: ${error.message}; there is no map`);
      return undefined;
    }
  }

  private chosen(): HitTimes[] {
    const all = [...this.tables.values()];
    const { tables } = this.options;
    if (tables.length === 0) return all;
    const paths = all.map(({ path }) => path);
    const chosen = new Set(choosePaths(stage, paths, tables));
    return all.filter(({ path }) => chosen.has(path));
  }
}

/** Throws a StageError for options that no map can be made with, before anything is decoded. */
export function checkCoincidences(options: CoincidenceOptions): void {
  try {
    keyOf('', options.keyPattern);
    buildCoincidenceMap(
      { tables: [{ path: '', key: 0 }], columns: options.columns, reference: options.windowReference },
      [options.columns.map(() => new Float64Array(0))],
    );
  } catch (error) {
    if (error instanceof EventError) throw new StageError(stage, `coincidences: ${error.message}`, [], error);
    throw error;
  }
}
