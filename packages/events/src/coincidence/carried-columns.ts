import { allocate, type DataArray, type Dtype } from '@countroom/records';
import { EventError } from '../errors.js';
import type { CoincidenceMap } from './coincidence-map.js';

interface Block {
  /** Row of the table that the block begins with. */
  readonly start: number;
  readonly columns: readonly DataArray[];
}

/**
 * Further columns that are carried along into a map: one value per hit, in the order of the hits. Blocks of a table are
 * kept until all their hits are in a map. Rows of a table come in order, in blocks and in maps.
 */
export class CarriedColumns {
  private readonly waiting: Block[][];

  /**
   * @param tables number of tables of the map
   * @param dtypes number type of each carried column, the same in all tables
   */
  constructor(
    tables: number,
    private readonly dtypes: readonly Dtype[],
  ) {
    this.waiting = Array.from({ length: tables }, () => []);
  }

  /** Adds the next rows of a table: one array per carried column, which is kept. */
  push(table: number, start: number, columns: readonly DataArray[]): void {
    this.waiting[table]!.push({ start, columns });
  }

  /** The columns for the hits of the next map. Throws an EventError for a hit whose row was not added. */
  take({ table, row }: CoincidenceMap): DataArray[] {
    if (this.dtypes.length === 0) return [];
    const taken = this.dtypes.map((dtype) => allocate(dtype, row.length));
    for (let hit = 0; hit < row.length; hit++) {
      const block = this.blockOf(table[hit]!, row[hit]!);
      const at = row[hit]! - block.start;
      taken.forEach((column, c) => {
        column[hit] = block.columns[c]![at]!;
      });
    }
    return taken;
  }

  private blockOf(table: number, row: number): Block {
    const blocks = this.waiting[table]!;
    // What lies before this row is in a map already.
    while (blocks.length > 0 && endOf(blocks[0]!) <= row) blocks.shift();
    const block = blocks[0];
    if (block === undefined || row < block.start) {
      throw new EventError(`row ${row} of table ${table} was not given before its hit came into the map`);
    }
    return block;
  }
}

function endOf({ start, columns }: Block): number {
  return start + (columns[0]?.length ?? 0);
}
