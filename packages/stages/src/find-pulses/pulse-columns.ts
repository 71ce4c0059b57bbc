import { allocate, type DataArray, type DataObject, type Dtype, type Table } from '@countroom/records';

/** A column of the result: one number per event. */
export interface PulseColumn {
  readonly name: string;
  readonly dtype: Exclude<Dtype, 'int64' | 'uint64'> | 'int64';
  readonly units?: string;
  readonly description?: string;
}

/** Collects rows of numbers into columns; NaN stands for what an event does not have. */
export class PulseRows {
  private readonly columns: readonly PulseColumn[];
  private readonly capacity: number;
  private data: DataArray[] = [];
  /** Rows gathered. */
  rows = 0;

  constructor(columns: readonly PulseColumn[], capacity: number) {
    this.columns = columns;
    this.capacity = capacity;
    this.begin();
  }

  get full(): boolean {
    return this.rows >= this.capacity;
  }

  /** Adds a row; values in the order of the columns. */
  add(values: readonly (number | bigint)[]): void {
    values.forEach((value, i) => {
      const column = this.data[i]!;
      if (column instanceof BigInt64Array) column[this.rows] = BigInt(value);
      else column[this.rows] = Number(value);
    });
    this.rows += 1;
  }

  /** The rows as a table, and begins anew. */
  take(attrs: Table['attrs'] = {}): Table {
    const { rows } = this;
    const columns = new Map<string, DataObject>(
      this.columns.map(({ name, dtype, units, description }, i) => [
        name,
        {
          kind: 'array',
          flavor: 'array',
          dtype,
          shape: [rows],
          data: this.data[i]!.slice(0, rows),
          attrs: {
            ...(units === undefined ? {} : { units }),
            ...(description === undefined ? {} : { description }),
          },
        },
      ]),
    );
    this.begin();
    return { kind: 'table', rows, columns, attrs };
  }

  private begin(): void {
    this.data = this.columns.map(({ dtype }) => allocate(dtype, this.capacity));
    this.rows = 0;
  }
}
