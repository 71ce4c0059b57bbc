import type { TableSchema } from '@countroom/records';
import type { Key } from '../core/decoder.js';
import type { TableBuffer } from '../core/table-buffer.js';
import type { TableLibrary, TableRequest } from '../core/table-library.js';

interface Known {
  readonly size: number;
  readonly table: TableBuffer | undefined;
}

/** Tables of one decoder by key, asked for once, and again when the number of samples changes. */
export class RecordTables {
  private readonly known = new Map<Key, Known>();

  constructor(
    private readonly library: TableLibrary,
    private readonly decoder: string,
    private readonly schema: (path: string, samples: number) => TableSchema,
    private readonly request: (key: Key) => Partial<Pick<TableRequest, 'list' | 'siblings'>> = () => ({}),
  ) {}

  /** The table for rows of a key; undefined when nobody asked for it. */
  find(key: Key, samples = 0): TableBuffer | undefined {
    let known = this.known.get(key);
    if (known?.size !== samples) {
      const schema = (path: string): TableSchema => this.schema(path, samples);
      const table = this.library.table({ decoder: this.decoder, key, schema, ...this.request(key) });
      known = { size: samples, table };
      this.known.set(key, known);
    }
    return known.table;
  }

  /**
   * The table for a row of a key when it is to be written: somebody asked for it, its time lies in the window asked for,
   * and no limit is reached. `seconds` is the row's time, when it has one.
   */
  admit(key: Key, samples = 0, seconds?: number): TableBuffer | undefined {
    const table = this.find(key, samples);
    return this.library.admit(table, this.decoder, key, seconds) ? table : undefined;
  }
}
